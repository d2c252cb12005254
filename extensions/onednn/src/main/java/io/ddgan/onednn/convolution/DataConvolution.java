package io.ddgan.onednn.convolution;

import io.ddgan.engine.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A convolution, or the gradient of its input.
 *
 * @param g the shape of the convolution
 * @param isGradient true for the gradient of the input
 * @param from input, {@code [N, H, W, C]}
 * @param weights weights of the convolution, {@code [out, in, height, width]}
 * @param bias one value per channel; empty for the gradient
 * @param to output, {@code [N, H, W, C]}
 */
public record DataConvolution(
    ConvolutionShape g,
    boolean isGradient,
    Value from,
    Value weights,
    Optional<Value> bias,
    Value to) {

  public static DataConvolution convolution(
      ConvolutionShape g, Value x, Value weights, Optional<Value> bias, Value y) {
    return new DataConvolution(g, false, x, weights, bias, y);
  }

  public static DataConvolution inputGradient(
      ConvolutionShape g, Value gradient, Value weights, Value x) {
    return new DataConvolution(g, true, gradient, weights, Optional.empty(), x);
  }

  /** Returns the number of channels read. */
  public int in() {
    return (int) (isGradient ? g.out() : g.in());
  }

  /** Returns the number of channels written. */
  public int out() {
    return (int) (isGradient ? g.in() : g.out());
  }

  /** Returns ND4J's name of the operation. */
  String name() {
    return isGradient ? "deconv2d" : "conv2d";
  }

  /** Returns the inputs, with the weights replaced by their transform. */
  List<Value> inputs(Value weights) {
    return Stream.concat(Stream.of(from, weights), bias.stream()).toList();
  }
}
