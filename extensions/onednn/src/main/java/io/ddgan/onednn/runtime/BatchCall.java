package io.ddgan.onednn.runtime;

import io.ddgan.engine.Call;
import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A call whose examples do not depend on each other, and can be done one by one. */
public interface BatchCall extends Call {

  /** Number of examples. */
  long examples();

  /** Inputs that every example reads all of. */
  default List<Value> shared() {
    return List.of();
  }

  /** What kernels run with. */
  KernelRuntime runtime();

  /** Prepares the call to be done for all examples, while ND4J and oneDNN see one thread. */
  Kernel kernel();

  /** The same, to be done for one example after the other. */
  ExampleKernel kernel(Places places);

  @Override
  default Kernel bind() {
    return runtime().alone(this::kernel);
  }

  /** What does the work of a call for one example. */
  interface ExampleKernel extends AutoCloseable {

    void run(int example, int worker);

    @Override
    default void close() {}
  }

  /**
   * Which values are there for the example alone that a thread is at.
   *
   * @param offsets where they begin in the thread's work area, in bytes, by their roots
   * @param size bytes that all of them take
   */
  record Places(Map<Value, Long> offsets, long size) {

    /** All values lie in memory. */
    public static final Places NONE = new Places(Map.of(), 0);

    /** Where a value begins in the work area; empty if it lies in memory, with all examples. */
    public Optional<Long> offset(Value value) {
      return Optional.ofNullable(offsets.get(value.root()));
    }
  }
}
