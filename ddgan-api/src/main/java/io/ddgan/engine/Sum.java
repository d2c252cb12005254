package io.ddgan.engine;

import java.util.List;

/**
 * A sum over some of the dimensions of a value, times a weight.
 *
 * @param terms what is added up
 * @param sum its shape is that of the terms, with 1 for every dimension that is summed over
 */
public record Sum(Value terms, Value sum, double weight) implements Call {

  @Override
  public String name() {
    return "sum";
  }

  @Override
  public List<Value> inputs() {
    return List.of(terms);
  }

  @Override
  public List<Value> outputs() {
    return List.of(sum);
  }

  /**
   * @throws IllegalStateException always: a plan puts other calls in a sum's place that no engine
   *     has taken
   */
  @Override
  public Kernel bind() {
    throw new IllegalStateException("a sum is run as other calls");
  }
}
