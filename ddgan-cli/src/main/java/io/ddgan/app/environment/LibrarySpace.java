package io.ddgan.app.environment;

import io.ddgan.internal.graph.AddressSpace;
import java.util.Optional;

/** The address space that the native library needs as it is loaded. */
final class LibrarySpace {

  private static final long MEBIBYTE = 1L << 20;

  /** The library itself, its buffers of one thread, and arrays of small networks. */
  private static final long LIBRARY = 1024 * MEBIBYTE;

  /** OpenBLAS has a buffer of 128 MiB for every thread, the C library a heap. */
  private static final long THREAD = 192 * MEBIBYTE;

  private LibrarySpace() {}

  /**
   * Why the library cannot compute within a bound; empty if it can. Where there is too little, it
   * asks for its buffers for ever instead of failing.
   */
  static Optional<String> problem(AddressSpace space, int threads) {
    long needed = LIBRARY + threads * THREAD;
    return space.left() >= needed
        ? Optional.empty()
        : Optional.of(
            "this process may have %d MiB of address space, of which Java has %d, and computing in %d threads needs %d more; raise the limit with ulimit -v, or reduce the heap of Java, such as with DDGAN_OPTS=-Xmx500m"
                .formatted(
                    space.limit() / MEBIBYTE, space.used() / MEBIBYTE, threads, needed / MEBIBYTE));
  }
}
