package io.ddgan.onednn.convolution;

import io.ddgan.engine.Value;

/** A way to do convolutions of maps with the channels last, and their gradients. */
public interface ConvolutionMethod {

  /** Emits a convolution, or the gradient of its input. */
  void map(Mapping mapping);

  /** Emits the gradient of the weights. */
  void weightGradient(Geometry g, Value x, Value gradient, Value weights);
}
