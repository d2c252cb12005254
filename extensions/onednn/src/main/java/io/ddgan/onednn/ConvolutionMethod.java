package io.ddgan.onednn;

import io.ddgan.engine.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A way to do convolutions of maps with the channels last, and their gradients. */
interface ConvolutionMethod {

  /** Emits a convolution. */
  void convolve(Geometry g, Value x, Value weights, Optional<Value> bias, Value y);

  /** Emits the gradient of the input. */
  void inputGradient(Geometry g, Value gradient, Value weights, Value x);

  /** Emits the gradient of the weights. */
  void weightGradient(Geometry g, Value x, Value gradient, Value weights);

  /** What a convolution reads. */
  static List<Value> inputs(Value x, Value weights, Optional<Value> bias) {
    return Stream.concat(Stream.of(x, weights), bias.stream()).toList();
  }
}
