package io.ddgan.onednn;

import io.ddgan.engine.Value;
import java.util.Optional;

/** A way to do convolutions of maps with the channels last, and their gradients. */
interface ConvolutionMethod {

  /** Emits a convolution. */
  void convolve(Geometry g, Value x, Value weights, Optional<Value> bias, Value y);

  /** Emits the gradient of the input. */
  void inputGradient(Geometry g, Value gradient, Value weights, Value x);

  /** Emits the gradient of the weights. */
  void weightGradient(Geometry g, Value x, Value gradient, Value weights);
}
