package io.ddgan.graph;

import java.util.List;
import java.util.Optional;

/** The gradient of x + y: summed over what x and y were broadcast along. */
final class AddGradientLowering implements Lowering {

  @Override
  public Optional<List<Value>> lower(TracedCall call, boolean[] wanted, Emitter emitter) {
    Value x = call.input(0);
    Value y = call.input(1);
    Value g = call.input(2);
    return BinaryGradient.of(
        call, wanted, () -> emitter.sumTo(g, x.shape()), () -> emitter.sumTo(g, y.shape()));
  }
}
