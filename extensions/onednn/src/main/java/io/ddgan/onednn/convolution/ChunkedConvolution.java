package io.ddgan.onednn.convolution;

import io.ddgan.engine.Call;
import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import io.ddgan.onednn.runtime.KernelRuntime;
import io.ddgan.onednn.runtime.WorkerThreads;
import java.util.List;

/**
 * A convolution, or the gradient of its input, that writes its output in chunks of neighbouring
 * pixels. Further functions of a chunk can then be computed while it is in a core's cache.
 *
 * @param maps the output, {@code [N, H, W, C]}
 * @param chunk pixels per chunk: whole examples, or an equal part of an example
 * @param binding creates its kernel
 */
record ChunkedConvolution(
    KernelRuntime runtime,
    String name,
    List<Value> inputs,
    Value maps,
    double operations,
    int chunk,
    Binding binding)
    implements Call {

  /** Creates a kernel. */
  @FunctionalInterface
  public interface Binding {

    /**
     * Creates a kernel that writes to the memory of a value.
     *
     * @param maps the value to write
     * @param then called by each thread after each chunk
     */
    Kernel bind(Value maps, WorkerThreads.Part then);
  }

  @Override
  public List<Value> outputs() {
    return List.of(maps);
  }

  @Override
  public Kernel bind() {
    return bind(maps, (chunk, worker) -> {});
  }

  /** Creates a kernel, while ND4J and oneDNN are limited to one thread. */
  public Kernel bind(Value memory, WorkerThreads.Part then) {
    return runtime.singleThreaded(() -> binding.bind(memory, then));
  }
}
