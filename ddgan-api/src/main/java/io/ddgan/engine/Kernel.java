package io.ddgan.engine;

/** A call bound to memory. */
public interface Kernel extends AutoCloseable {

  /** Runs the call. */
  void run();

  /** Frees the kernel's resources, but not the memory of its values. */
  @Override
  default void close() {}
}
