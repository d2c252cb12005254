package io.ddgan.onednn.runtime;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Zeroed memory of a kernel, aligned to a cache line. */
public final class Scratch implements AutoCloseable {

  private static final int LINE = 64;

  private final BytePointer memory;
  private final long size;

  Scratch(long bytes) {
    size = bytes;
    memory = new BytePointer(bytes + LINE);
    Pointer.memset(memory, 0, bytes + LINE);
  }

  long address() {
    return wholeLines(memory.address());
  }

  NativeFloats numbers() {
    return KernelRuntime.numbers(address(), size);
  }

  @Override
  public void close() {
    memory.deallocate();
  }

  /** Rounds a size or an address up to a whole cache line. */
  public static long wholeLines(long bytes) {
    return (bytes + LINE - 1) / LINE * LINE;
  }
}
