package io.ddgan.engine;

import java.util.List;

/** A sum over the dimensions of a value that its own shape has 1 for, times a weight. */
public record SumCall(Value terms, Value sum, double weight) implements Call {

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
