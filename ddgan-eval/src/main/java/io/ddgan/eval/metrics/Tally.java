package io.ddgan.eval.metrics;

import io.ddgan.api.RefusedException;
import java.util.Arrays;

/** How many examples each mode has. */
final class Tally {

  private final int[] counts;

  Tally(int modes) {
    counts = new int[modes];
  }

  /** Counts an example. */
  void add(int mode) {
    counts[mode]++;
  }

  /** Number of examples of all modes. */
  int total() {
    return Arrays.stream(counts).sum();
  }

  /** Number of modes that have so many examples or more. */
  int atLeast(int count) {
    return (int) Arrays.stream(counts).filter(n -> n >= count).count();
  }

  /**
   * KL(share of the modes || uniform), in nats: 0 at best, the logarithm of the number of modes at
   * worst.
   *
   * @throws IllegalArgumentException if nothing was counted
   */
  double divergenceFromUniform() {
    int total = total();
    if (total == 0) {
      throw new RefusedException("modes needs at least 1 generated example");
    }
    double divergence = 0;
    for (int count : counts) {
      double share = count / (double) total;
      divergence += count == 0 ? 0 : share * Math.log(share * counts.length);
    }
    return divergence;
  }
}
