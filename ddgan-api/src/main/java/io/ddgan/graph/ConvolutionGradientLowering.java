package io.ddgan.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/** The gradient of a convolution's input alone: a transposed convolution with the same weights. */
final class ConvolutionGradientLowering implements Lowering {

  private static final int STRIDES = 2;
  private static final int DILATIONS = 6;
  private static final int WEIGHTS_FORMAT = 10;

  @Override
  public Optional<List<Value>> lower(TracedCall call, boolean[] wanted, Emitter emitter) {
    long[] arguments = ((DynamicCustomOp) call.operation()).iArgs();
    if (!isInputAlone(wanted) || !isPlain(arguments)) {
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

  private static boolean isInputAlone(boolean[] wanted) {
    boolean others = false;
    for (int i = 1; i < wanted.length; i++) {
      others |= wanted[i];
    }
    return wanted[0] && !others;
  }

  /** Without strides and dilations, on weights of [out, in, height, width]. */
  private static boolean isPlain(long[] arguments) {
    return arguments[STRIDES] == 1
        && arguments[STRIDES + 1] == 1
        && arguments[DILATIONS] == 1
        && arguments[DILATIONS + 1] == 1
        && arguments.length > WEIGHTS_FORMAT
        && arguments[WEIGHTS_FORMAT] == 1;
  }
}
