package io.ddgan.onednn.convolution;

import io.ddgan.engine.Call;
import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import io.ddgan.onednn.runtime.KernelRuntime;
import io.ddgan.onednn.runtime.WorkerThreads;
import java.util.List;

/**
 * A convolution, or the gradient of its input, that is done with some neighbouring pixels of its
 * output before it begins with others, so that functions of those can be computed while they are in
 * a core's cache.
 *
 * @param maps what it writes, {@code [N, H, W, C]}
 * @param chunk pixels that are written together: those of whole examples, or as many for each chunk
 *     of an example
 * @param binding makes its kernel
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

  /** Makes a kernel. */
  @FunctionalInterface
  public interface Binding {

    /**
     * Makes one that writes somewhere.
     *
     * @param maps a value whose memory it writes
     * @param then what each thread does after each chunk that it has written
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

  /** Makes a kernel while ND4J and oneDNN see one thread. */
  public Kernel bind(Value memory, WorkerThreads.Part then) {
    return runtime.alone(() -> binding.bind(memory, then));
  }
}
