package io.ddgan.onednn;

import io.ddgan.engine.Call;
import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import io.ddgan.onednn.ChunkedConvolution.Binding;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Emits calls of convolutions and their gradients, whichever kernels these are done by.
 *
 * @param calls where calls go
 */
record ConvolutionCalls(KernelRuntime runtime, Consumer<Call> calls) {

  private static final String CONVOLUTION = "conv2d";
  private static final String INPUT_GRADIENT = "deconv2d";

  /**
   * A convolution.
   *
   * @param weights the weights, or what was made of them
   */
  void convolve(
      Geometry g, Value x, Value weights, Optional<Value> bias, Value y, Supplier<Kernel> kernel) {
    emit(CONVOLUTION, g, inputs(x, weights, bias), y, kernel);
  }

  /**
   * The gradient of the input.
   *
   * @param weights the weights, or what was made of them
   */
  void inputGradient(Geometry g, Value gradient, Value weights, Value x, Supplier<Kernel> kernel) {
    emit(INPUT_GRADIENT, g, List.of(gradient, weights), x, kernel);
  }

  /**
   * A convolution that is done chunk by chunk.
   *
   * @param weights the weights, or what was made of them
   * @param chunk pixels of a chunk
   */
  void convolve(
      Geometry g,
      Value x,
      Value weights,
      Optional<Value> bias,
      Value y,
      int chunk,
      Binding binding) {
    emit(CONVOLUTION, g, inputs(x, weights, bias), y, chunk, binding);
  }

  /**
   * The gradient of the input, done chunk by chunk.
   *
   * @param weights the weights, or what was made of them
   * @param chunk pixels of a chunk
   */
  void inputGradient(
      Geometry g, Value gradient, Value weights, Value x, int chunk, Binding binding) {
    emit(INPUT_GRADIENT, g, List.of(gradient, weights), x, chunk, binding);
  }

  /** The gradient of the weights. */
  void weightGradient(Geometry g, Value x, Value gradient, Value weights, Supplier<Kernel> kernel) {
    emit("conv2d_bp", g, List.of(x, gradient), weights, kernel);
  }

  private static List<Value> inputs(Value x, Value weights, Optional<Value> bias) {
    return Stream.concat(Stream.of(x, weights), bias.stream()).toList();
  }

  private void emit(
      String name, Geometry g, List<Value> inputs, Value maps, int chunk, Binding binding) {
    calls.accept(
        new ChunkedConvolution(runtime, name, inputs, maps, g.operations(), chunk, binding));
  }

  private void emit(
      String name, Geometry g, List<Value> inputs, Value output, Supplier<Kernel> kernel) {
    calls.accept(new KernelCall(runtime, name, inputs, List.of(output), g.operations(), kernel));
  }
}
