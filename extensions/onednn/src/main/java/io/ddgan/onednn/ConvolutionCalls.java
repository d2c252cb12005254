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

  /**
   * A convolution.
   *
   * @param weights the weights, or what was made of them
   */
  void convolve(
      Geometry g, Value x, Value weights, Optional<Value> bias, Value y, Supplier<Kernel> kernel) {
    List<Value> inputs = Stream.concat(Stream.of(x, weights), bias.stream()).toList();
    emit("conv2d", g, inputs, y, kernel);
  }

  /**
   * The gradient of the input.
   *
   * @param weights the weights, or what was made of them
   */
  void inputGradient(Geometry g, Value gradient, Value weights, Value x, Supplier<Kernel> kernel) {
    emit("deconv2d", g, List.of(gradient, weights), x, kernel);
  }

  /**
   * A convolution, or the gradient of the input, that is done chunk by chunk.
   *
   * @param name of the operation
   * @param pixels of a chunk
   */
  void inChunks(
      String name, Geometry g, List<Value> inputs, Value maps, int pixels, Binding binding) {
    calls.accept(
        new ChunkedConvolution(runtime, name, inputs, maps, g.operations(), pixels, binding));
  }

  /** The gradient of the weights. */
  void weightGradient(Geometry g, Value x, Value gradient, Value weights, Supplier<Kernel> kernel) {
    emit("conv2d_bp", g, List.of(x, gradient), weights, kernel);
  }

  private void emit(
      String name, Geometry g, List<Value> inputs, Value output, Supplier<Kernel> kernel) {
    calls.accept(new KernelCall(runtime, name, inputs, List.of(output), g.operations(), kernel));
  }
}
