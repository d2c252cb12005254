package io.ddgan.graph;

import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/** The gradient of a matrix product, without the half that nothing needs. */
final class MatmulGradientLowering implements Lowering {

  @Override
  public Optional<List<Value>> lower(TracedCall call, boolean[] wanted, Emitter emitter) {
    long[] flags = ((DynamicCustomOp) call.operation()).iArgs();
    Value a = call.input(0);
    Value b = call.input(1);
    Value g = call.input(2);
    boolean ta = flags[0] == 1;
    boolean tb = flags[1] == 1;
    if (flags[2] == 1 || a.shape().length != b.shape().length || a.shape().length < 2) {
      return Optional.empty();
    }
    return BinaryGradient.of(
        call,
        wanted,
        () -> ta ? emitter.product(b, tb, g, true) : emitter.product(g, false, b, !tb),
        () -> tb ? emitter.product(g, true, a, ta) : emitter.product(a, !ta, g, false));
  }
}
