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
        entry("tanh", new TanhLowering()),
        entry("reduce_sum", new SumLowering()),
        entry("reduce_mean", new MeanLowering()),
        entry("reduce_max", SingleReductionLowering.identity()),
        entry("reduce_min", SingleReductionLowering.identity()),
        entry("reduce_prod", SingleReductionLowering.identity()),
        entry("reduce_norm1", SingleReductionLowering.magnitude()),
        entry("reduce_norm2", SingleReductionLowering.magnitude()),
        entry("reduce_normmax", SingleReductionLowering.magnitude()),
        entry("asum", SingleReductionLowering.magnitude()),
        entry("reduce_sqnorm", SingleReductionLowering.square()),
        entry("strided_slice_bp", new StridedSliceGradientLowering()),
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
