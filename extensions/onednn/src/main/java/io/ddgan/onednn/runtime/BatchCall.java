package io.ddgan.onednn.runtime;

import io.ddgan.engine.Call;
import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A call with independent examples, which can run one by one. */
public interface BatchCall extends Call {

  /** Returns the number of examples. */
  long examples();

  /** Returns the inputs that every example reads as a whole. */
  default List<Value> shared() {
    return List.of();
  }

  /** Returns the runtime of the kernels. */
  KernelRuntime runtime();

  /** Creates a kernel for all examples, while ND4J and oneDNN are limited to one thread. */
  Kernel kernel();

  /** Creates a kernel for single examples. */
  ExampleKernel kernel(Places places);

  @Override
  default Kernel bind() {
    return runtime().singleThreaded(this::kernel);
  }

  /** Computes single examples of a call. */
  interface ExampleKernel extends AutoCloseable {

    void run(int example, int worker);

    @Override
    default void close() {}
  }

  /**
   * The values that exist only for a thread's current example.
   *
   * @param offsets offsets in the thread's work area in bytes, by root
   * @param size total size in bytes
   */
  record Places(Map<Value, Long> offsets, long size) {

    /** Places all values in memory. */
    public static final Places NONE = new Places(Map.of(), 0);

    /** Returns a value's offset in the work area; empty if it is in memory, with all examples. */
    public Optional<Long> offset(Value value) {
      return Optional.ofNullable(offsets.get(value.root()));
    }
  }
}
