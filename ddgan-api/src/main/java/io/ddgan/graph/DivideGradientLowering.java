package io.ddgan.graph;

import java.util.List;
import java.util.Optional;

/** The gradient of x / y: g / y and -(g / y)(x / y), summed over what was broadcast. */
final class DivideGradientLowering implements Lowering {

  @Override
  public Optional<List<Value>> lower(TracedCall call, boolean[] wanted, Emitter emitter) {
    Value x = call.input(0);
    Value y = call.input(1);
    Value g = call.input(2);
    Value byX = emitter.dividedBy(g, y);
    return BinaryGradient.of(
        call,
        wanted,
        () -> emitter.sumTo(byX, x.shape()),
        () -> {
          Value byY = emitter.times(byX, emitter.dividedBy(x, y));
          return emitter.times(emitter.sumTo(byY, y.shape()), -1);
        });
  }
}
