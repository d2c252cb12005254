package io.ddgan.onednn.convolution;

import io.ddgan.engine.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A convolution, or the gradient of its input: from maps of some channels to maps of others.
 *
 * @param g the shape of the convolution
 * @param isGradient whether it is the gradient
 * @param from {@code [N, H, W, C]}
 * @param weights {@code [out, in, height, width]} of the convolution
 * @param bias for each channel; the gradient has none
 * @param to {@code [N, H, W, C]}
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

  /** Channels that are read. */
  public int in() {
    return (int) (isGradient ? g.out() : g.in());
  }

  /** Channels that are written. */
  public int out() {
    return (int) (isGradient ? g.in() : g.out());
  }

  /** The name of its operation. */
  String name() {
    return isGradient ? "deconv2d" : "conv2d";
  }

  /** What it reads, with something in place of the weights that was made of them. */
  List<Value> inputs(Value weights) {
    return Stream.concat(Stream.of(from, weights), bias.stream()).toList();
  }
}
