package io.ddgan.engine;

import java.util.List;

/** A weighted sum over the dimensions in which {@code sum} has size 1. */
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

  /** Throws an IllegalStateException: plans replace sums that no engine has replaced. */
  @Override
  public Kernel bind() {
    throw new IllegalStateException("a sum is replaced by other calls");
  }
}
