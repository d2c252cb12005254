package io.ddgan.graph;

import java.util.List;
import java.util.Optional;

/** The gradient of x y: times the other, summed over what was broadcast. */
final class MultiplyGradientLowering implements Lowering {

  @Override
  public Optional<List<Value>> lower(TracedCall call, boolean[] wanted, Emitter emitter) {
    Value x = call.input(0);
    Value y = call.input(1);
    Value g = call.input(2);
    return BinaryGradient.of(
        call,
        wanted,
        () -> emitter.sumTo(emitter.times(g, y), x.shape()),
        () -> emitter.sumTo(emitter.times(g, x), y.shape()));
  }
}
