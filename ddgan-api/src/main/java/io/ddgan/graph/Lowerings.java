package io.ddgan.graph;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lowerings that every plan uses, by the operation's name. */
final class Lowerings {

  private Lowerings() {}

  static Map<String, Lowering> standard() {
    return Map.ofEntries(
        entry("reshape", Lowerings::view),
        entry("expand_dims", Lowerings::view),
        entry("squeeze", Lowerings::view),
        entry("leakyrelu", ActivationLowerings::leakyRelu),
        entry("lrelu_bp", ActivationLowerings::leakyReluGradient),
        entry("sigmoid", ActivationLowerings::sigmoid),
        entry("tanh", ActivationLowerings::tanh),
        entry("reduce_sum", ReductionLowerings::sum),
        entry("reduce_mean", ReductionLowerings::mean),
        entry("reduce_sum_bp", ReductionLowerings::sumGradient),
        entry("reduce_mean_bp", ReductionLowerings::meanGradient),
        entry("add_bp", ArithmeticLowerings::addGradient),
        entry("subtract_bp", ArithmeticLowerings::subtractGradient),
        entry("multiply_bp", ArithmeticLowerings::multiplyGradient),
        entry("divide_bp", ArithmeticLowerings::divideGradient),
        entry("matmul_bp", ProductLowerings::gradient),
        entry("conv2d_bp", ProductLowerings::convolutionGradient));
  }

  /** All values are contiguous, so another shape is another view. */
  private static Optional<List<Value>> view(TracedCall call, boolean[] wanted, Emitter emitter) {
    return Optional.of(List.of(call.input(0).reshaped(call.output().shape())));
  }
}
