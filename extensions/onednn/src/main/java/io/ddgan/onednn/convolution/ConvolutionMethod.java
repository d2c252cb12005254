package io.ddgan.onednn.convolution;

import io.ddgan.engine.Value;

/** An algorithm for convolutions of channels-last maps and their gradients. */
public interface ConvolutionMethod {

  /** Emits a convolution, or the gradient of its input. */
  void map(DataConvolution mapping);

  /** Emits the gradient of the weights. */
  void weightGradient(ConvolutionShape g, Value x, Value gradient, Value weights);
}
