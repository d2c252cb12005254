package io.ddgan.engine;

/** A call that is bound to memory. */
public interface Kernel extends AutoCloseable {

  /** Does the call's work. */
  void run();

  /** Frees what the kernel holds; the memory of its values is not its own. */
  @Override
  default void close() {}
}
