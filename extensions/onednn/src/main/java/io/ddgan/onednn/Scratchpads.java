package io.ddgan.onednn;

import java.util.ArrayList;
import java.util.List;

/** Memory of each thread for the primitives that it runs, as large as the largest of them needs. */
final class Scratchpads {

  private final List<Scratch> all = new ArrayList<>();
  private final int threads;
  private long size;

  Scratchpads(int threads) {
    this.threads = threads;
  }

  /** Says what a primitive needs, before it runs. */
  void reserve(long bytes) {
    if (bytes > size || all.isEmpty()) {
      size = Math.max(bytes, 1);
      all.forEach(Scratch::close);
      all.clear();
      for (int i = 0; i < threads; i++) {
        all.add(new Scratch(size));
      }
    }
  }

  long address(int thread) {
    return all.get(thread).address();
  }
}
