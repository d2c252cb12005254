package io.ddgan.networks;

import io.ddgan.api.ParameterScope;
import io.ddgan.layers.Convolution;
import io.ddgan.layers.FeatureMap;
import io.ddgan.layers.Initializers;

/**
 * A convolution that keeps height and width, whose parameters stand in the order in which these
 * networks have always had them: first the bias. Sums over all parameters are rounded by it.
 */
final class SameConvolution {

  private SameConvolution() {}

  /**
   * Adds the layer.
   *
   * @param kernel height and width of the kernel, odd
   * @param scale of the first weights' variance, see {@link Initializers#fanAverage}
   */
  static FeatureMap apply(ParameterScope p, FeatureMap x, int out, int kernel, double scale) {
    p.parameter("bias", Initializers.zeros(), out);
    return Convolution.same(out, kernel).weights(Initializers.fanAverage(scale)).apply(p, x);
  }
}
