package io.ddgan.networks;

import io.ddgan.api.ParameterScope;
import io.ddgan.layers.Convolution;
import io.ddgan.layers.FeatureMap;
import io.ddgan.layers.Initializers;

/**
 * A convolution that keeps height and width. It creates the bias before the weight: sums over all
 * parameters depend on their order, which must not change.
 */
final class SameConvolution {

  private SameConvolution() {}

  /**
   * Adds the layer.
   *
   * @param kernel height and width of the kernel, odd
   * @param scale of the initial weights' variance, see {@link Initializers#fanAverage}
   */
  static FeatureMap apply(ParameterScope p, FeatureMap x, int out, int kernel, double scale) {
    p.parameter("bias", Initializers.zeros(), out);
    return Convolution.same(out, kernel).weights(Initializers.fanAverage(scale)).apply(p, x);
  }
}
