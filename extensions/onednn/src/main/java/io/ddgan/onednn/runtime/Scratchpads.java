package io.ddgan.onednn.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * Memory that a thread works in while it does a part of a kernel. All kernels use the same; it is
 * as large as the one that needs most.
 */
public final class Scratchpads {

  /** Numbers between arrays of the same power of two, which would share lines of the cache. */
  public static final int APART = 16;

  private final int threads;
  private final List<Scratch> all = new ArrayList<>();
  private final List<NativeFloats> numbers = new ArrayList<>();
  private long size;

  Scratchpads(int threads) {
    this.threads = threads;
    reserve(1);
  }

  /** Says what a kernel needs, before it runs; areas may move. */
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
