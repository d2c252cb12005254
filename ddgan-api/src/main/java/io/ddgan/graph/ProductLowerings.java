package io.ddgan.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/** Gradients of matrix products and convolutions, without the half that nothing needs. */
final class ProductLowerings {

  private static final int STRIDES = 2;
  private static final int DILATIONS = 6;
  private static final int WEIGHTS_FORMAT = 10;

  private ProductLowerings() {}

  static Optional<List<Value>> gradient(TracedCall call, boolean[] wanted, Emitter emitter) {
    long[] flags = ((DynamicCustomOp) call.operation()).iArgs();
    Value a = call.input(0);
    Value b = call.input(1);
    Value g = call.input(2);
    boolean ta = flags[0] == 1;
    boolean tb = flags[1] == 1;
    if (flags[2] == 1 || a.shape().length != b.shape().length || a.shape().length < 2) {
      return Optional.empty();
    }
    Value left = call.outputs().get(0);
    if (wanted[0]) {
      left = ta ? emitter.product(b, tb, g, true) : emitter.product(g, false, b, !tb);
    }
    Value right = call.outputs().get(1);
    if (wanted[1]) {
      right = tb ? emitter.product(g, true, a, ta) : emitter.product(a, !ta, g, false);
    }
    return Optional.of(List.of(left, right));
  }

  /** The gradient of the input alone is a transposed convolution with the same weights. */
  static Optional<List<Value>> convolutionGradient(
      TracedCall call, boolean[] wanted, Emitter emitter) {
    long[] arguments = ((DynamicCustomOp) call.operation()).iArgs();
    boolean inputAlone = wanted[0];
    for (int i = 1; i < wanted.length; i++) {
      inputAlone &= !wanted[i];
    }
    boolean plain =
        arguments[STRIDES] == 1
            && arguments[STRIDES + 1] == 1
            && arguments[DILATIONS] == 1
            && arguments[DILATIONS + 1] == 1
            && arguments.length > WEIGHTS_FORMAT
            && arguments[WEIGHTS_FORMAT] == 1;
    if (!inputAlone || !plain) {
      return Optional.empty();
    }
    Value gradient = call.inputs().get(call.inputs().size() - 1);
    var transposed =
        DynamicCustomOp.builder("deconv2d")
            .addIntegerArguments(Arrays.stream(arguments).mapToInt(Math::toIntExact).toArray())
            .build();
    Value input = emitter.call(transposed, call.input(0).shape(), gradient, call.input(1));
    List<Value> outputs = new ArrayList<>(call.outputs());
    outputs.set(0, input);
    return Optional.of(outputs);
  }
}
