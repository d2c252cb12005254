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
 * Emits calls of convolutions and their gradients, whichever kernels these are done by.
 *
 * @param calls where calls go
 */
public record ConvolutionCalls(KernelRuntime runtime, Consumer<Call> calls) {

  /** A convolution, or the gradient of its input. */
  public void map(DataConvolution m, Supplier<Kernel> kernel) {
    emit(m.name(), m.g(), m.inputs(m.weights()), m.to(), kernel);
  }

  /**
   * The same, done chunk by chunk.
   *
   * @param weights the weights, or what was made of them
   * @param chunk pixels of a chunk
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

  /** The gradient of the weights. */
  public void weightGradient(
      ConvolutionShape g, Value x, Value gradient, Value weights, Supplier<Kernel> kernel) {
    emit("conv2d_bp", g, List.of(x, gradient), weights, kernel);
  }

  private void emit(
      String name, ConvolutionShape g, List<Value> inputs, Value output, Supplier<Kernel> kernel) {
    calls.accept(new KernelCall(runtime, name, inputs, List.of(output), g.operations(), kernel));
  }
}
