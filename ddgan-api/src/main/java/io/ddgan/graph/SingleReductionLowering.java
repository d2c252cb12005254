package io.ddgan.graph;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** A reduction along dimensions of size 1, which SameDiff's own session fails on. */
final class SingleReductionLowering implements Lowering {

  private final BiFunction<Emitter, Value, Value> ofOne;

  private SingleReductionLowering(BiFunction<Emitter, Value, Value> ofOne) {
    this.ofOne = ofOne;
  }

  /** A reduction that gives a single element itself, such as the maximum. */
  static SingleReductionLowering identity() {
    return new SingleReductionLowering((emitter, x) -> x);
  }

  /** A reduction that gives a single element without its sign, such as a norm. */
  static SingleReductionLowering magnitude() {
    return new SingleReductionLowering(Emitter::abs);
  }

  /** A reduction that gives a single element's square. */
  static SingleReductionLowering square() {
    return new SingleReductionLowering((emitter, x) -> emitter.times(x, x));
  }

  @Override
  public Optional<List<Value>> lower(TracedCall call, boolean[] wanted, Emitter emitter) {
    Value x = call.input(0);
    return x.length() == call.output().length()
        ? Optional.of(List.of(ofOne.apply(emitter, x).reshaped(call.output().shape())))
        : Optional.empty();
  }
}
