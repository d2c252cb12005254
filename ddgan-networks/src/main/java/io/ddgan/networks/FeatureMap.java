package io.ddgan.networks;

import org.nd4j.autodiff.samediff.SDVariable;

/** A batch of feature maps {@code [N, channels, height, width]} inside a network. */
record FeatureMap(SDVariable value, int channels, int height, int width) {

  /** Other values in maps of the same shape. */
  FeatureMap with(SDVariable newValue) {
    return new FeatureMap(newValue, channels, height, width);
  }

  /**
   * The sum with maps of the same shape.
   *
   * @param rescale whether it is scaled to keep the variance
   */
  FeatureMap residual(FeatureMap other, boolean rescale) {
    SDVariable sum = value.add(other.value);
    return with(rescale ? sum.mul(Math.sqrt(0.5)) : sum);
  }

  /** The shape of the values. */
  long[] shape(int batch) {
    return new long[] {batch, channels, height, width};
  }
}
