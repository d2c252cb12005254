package io.ddgan.onednn.runtime;

import java.util.ArrayList;
import java.util.List;

/** The work areas of threads. All kernels share them, so they have the size of the largest need. */
public final class Scratchpads {

  /** Elements between arrays whose size is a power of two, to avoid cache conflicts. */
  public static final int APART = 16;

  private final int threads;
  private final List<Scratch> all = new ArrayList<>();
  private final List<NativeFloats> numbers = new ArrayList<>();
  private long size;

  Scratchpads(int threads) {
    this.threads = threads;
    reserve(1);
  }

  /** Reserves bytes for a kernel before it runs; areas may move. */
  void reserve(long wanted) {
    if (wanted > size) {
      size = Scratch.wholeLines(wanted);
      all.forEach(Scratch::close);
      all.clear();
      numbers.clear();
      for (int i = 0; i < threads; i++) {
        Scratch scratch = new Scratch(size);
        all.add(scratch);
        numbers.add(scratch.numbers());
      }
    }
  }

  long address(int thread) {
    return all.get(thread).address();
  }

  NativeFloats numbers(int thread) {
    return numbers.get(thread);
  }
}
