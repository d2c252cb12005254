package io.ddgan.onednn.runtime;

import java.util.ArrayList;
import java.util.List;

/** The work areas of threads. All kernels share them, so they have the size of the largest need. */
public final class Scratchpads implements AutoCloseable {

  /** Elements between arrays whose size is a power of two, to avoid cache conflicts. */
  public static final int APART = 16;

  private final int threads;
  private final List<Scratch> all = new ArrayList<>();
  private final List<NativeFloats> numbers = new ArrayList<>();
  private long size;

  Scratchpads(int threads) {
    this.threads = threads;
  }

  /** Reserves bytes for a kernel before it runs; areas may move. */
  void reserve(long wanted) {
    if (wanted > size) {
      close();
      for (int i = 0; i < threads; i++) {
        Scratch scratch = new Scratch(Scratch.wholeLines(wanted));
        all.add(scratch);
        numbers.add(scratch.numbers());
      }
      size = Scratch.wholeLines(wanted);
    }
  }

  long address(int thread) {
    return all.get(thread).address();
  }

  NativeFloats numbers(int thread) {
    return numbers.get(thread);
  }

  @Override
  public void close() {
    size = 0;
    numbers.clear();
    all.forEach(Scratch::close);
    all.clear();
  }
}
