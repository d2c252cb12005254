package io.ddgan.graph;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The gradients of an operation on two values, of which only those that are wanted are made. */
final class BinaryGradient {

  private BinaryGradient() {}

  static Optional<List<Value>> of(
      TracedCall call, boolean[] wanted, Supplier<Value> left, Supplier<Value> right) {
    return Optional.of(
        List.of(
            wanted[0] ? left.get() : call.outputs().get(0),
            wanted[1] ? right.get() : call.outputs().get(1)));
  }
}
