package io.ddgan.onednn.convolution;

import io.ddgan.engine.Call;
import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import io.ddgan.onednn.convolution.ChunkedConvolution.Binding;
import io.ddgan.onednn.runtime.KernelCall;
import io.ddgan.onednn.runtime.KernelRuntime;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Emits the calls of convolutions and their gradients, for any kernels.
 *
 * @param calls takes the calls
 */
public record ConvolutionCalls(KernelRuntime runtime, Consumer<Call> calls) {

  /**
   * Emits a convolution, or the gradient of its input.
   *
   * @param weights the weights or their transform
   */
  public void map(DataConvolution m, Value weights, Supplier<Kernel> kernel) {
    emit(m.name(), m.g(), m.inputs(weights), m.to(), kernel);
  }

  /**
   * Emits a convolution, or the gradient of its input, in chunks.
   *
   * @param weights the weights or their transform
   * @param chunk pixels per chunk
   */
  public void map(DataConvolution m, Value weights, long chunk, Binding binding) {
    calls.accept(
        new ChunkedConvolution(
            runtime,
            m.name(),
            m.inputs(weights),
            m.to(),
            m.g().operations(),
            Math.toIntExact(chunk),
            binding));
  }

  /** Emits a transform of weights. */
  public void weights(Value weights, Value transformed, Supplier<Kernel> kernel) {
    calls.accept(
        new KernelCall(runtime, "weights", List.of(weights), List.of(transformed), kernel));
  }

  /** Emits the gradient of the weights. */
  public void weightGradient(
      ConvolutionShape g, Value x, Value gradient, Value weights, Supplier<Kernel> kernel) {
    emit("conv2d_bp", g, List.of(x, gradient), weights, kernel);
  }

  private void emit(
      String name, ConvolutionShape g, List<Value> inputs, Value output, Supplier<Kernel> kernel) {
    calls.accept(new KernelCall(runtime, name, inputs, List.of(output), g.operations(), kernel));
  }
}
