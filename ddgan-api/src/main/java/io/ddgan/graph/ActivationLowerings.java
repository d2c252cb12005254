package io.ddgan.graph;

import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.scalar.LeakyReLU;

/** Activations from operations that the native library has vectorised. */
final class ActivationLowerings {

  private ActivationLowerings() {}

  /** max(x, slope x), for a slope below 1. */
  static Optional<List<Value>> leakyRelu(TracedCall call, boolean[] wanted, Emitter emitter) {
    double slope = ((LeakyReLU) call.operation()).scalar().getDouble(0);
    if (slope < 0 || slope > 1) {
      return Optional.empty();
    }
    Value x = call.input(0);
    return Optional.of(List.of(emitter.maximum(x, emitter.times(x, slope))));
  }

  static Optional<List<Value>> leakyReluGradient(
      TracedCall call, boolean[] wanted, Emitter emitter) {
    double slope = ((DynamicCustomOp) call.operation()).tArgs()[0];
    Value step = emitter.positive(call.input(0));
    Value derivative = emitter.plus(emitter.times(step, 1 - slope), slope);
    return Optional.of(List.of(emitter.times(call.input(1), derivative)));
  }

  /** (1 + tanh(x / 2)) / 2. */
  static Optional<List<Value>> sigmoid(TracedCall call, boolean[] wanted, Emitter emitter) {
    Value tanh = emitter.tanh(emitter.times(call.input(0), 0.5));
    return Optional.of(List.of(emitter.plus(emitter.times(tanh, 0.5), 0.5)));
  }

  static Optional<List<Value>> tanh(TracedCall call, boolean[] wanted, Emitter emitter) {
    return Optional.of(List.of(emitter.tanh(call.input(0))));
  }
}
