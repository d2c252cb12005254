package io.ddgan.graph;

import static java.util.Map.entry;

import java.util.Map;

/** The lowerings that every plan uses, by the operation's name. */
final class Lowerings {

  private Lowerings() {}

  static Map<String, Lowering> standard() {
    return Map.ofEntries(
        entry("reshape", new ViewLowering()),
        entry("expand_dims", new ViewLowering()),
        entry("squeeze", new ViewLowering()),
        entry("leakyrelu", new LeakyReluLowering()),
        entry("lrelu_bp", new LeakyReluGradientLowering()),
        entry("sigmoid", new SigmoidLowering()),
        entry("tanh", new TanhLowering()),
        entry("reduce_sum", new SumLowering()),
        entry("reduce_mean", new MeanLowering()),
        entry("reduce_sum_bp", new SumGradientLowering()),
        entry("reduce_mean_bp", new MeanGradientLowering()),
        entry("add_bp", new AddGradientLowering()),
        entry("subtract_bp", new SubtractGradientLowering()),
        entry("multiply_bp", new MultiplyGradientLowering()),
        entry("divide_bp", new DivideGradientLowering()),
        entry("matmul_bp", new MatmulGradientLowering()),
        entry("conv2d_bp", new ConvolutionGradientLowering()));
  }
}
