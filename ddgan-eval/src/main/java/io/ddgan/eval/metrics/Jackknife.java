package io.ddgan.eval.metrics;

import io.ddgan.api.Vectors;
import java.io.IOException;
import java.util.Objects;

/**
 * The standard error of a number, how much it depends on which examples were drawn: the standard
 * deviation over sets of as many others, by the jackknife (Quenouille, 1956; Tukey, 1958), that is
 * from what the number is without each tenth of the examples. Of a distance that is hardly larger
 * than that of real examples, it comes out too large, by up to twice.
 */
final class Jackknife {

  static final int GROUPS = 10;

  private Jackknife() {}

  /** A number that examples give. */
  @FunctionalInterface
  interface Estimate {

    double of(Vectors examples) throws IOException;
  }

  /**
   * The standard error.
   *
   * @param examples at least {@link #GROUPS}, in an order that has nothing to do with what they are
   */
  static double standardError(Vectors examples, Estimate estimate) throws IOException {
    double[] estimates = new double[GROUPS];
    for (int group = 0; group < GROUPS; group++) {
      int from = bound(group, examples.count());
      int to = bound(group + 1, examples.count());
      estimates[group] = estimate.of(new Rest(examples, from, to));
    }
    return Math.sqrt(GROUPS - 1) * SplitStatistics.deviation(estimates);
  }

  private static int bound(int group, int count) {
    return (int) ((long) group * count / GROUPS);
  }

  /**
   * All vectors but those in a range.
   *
   * @param from index of the first that is left out
   * @param to index after the last of them
   */
  private record Rest(Vectors all, int from, int to) implements Vectors {

    @Override
    public int count() {
      return all.count() - (to - from);
    }

    @Override
    public int size() {
      return all.size();
    }

    @Override
    public void read(int first, int count, double[] out) throws IOException {
      Objects.checkFromIndexSize(first, count, count());
      int before = Math.max(0, Math.min(from - first, count));
      all.read(first, before, out);
      double[] after = new double[(count - before) * size()];
      all.read(Math.max(first, from) + (to - from), count - before, after);
      System.arraycopy(after, 0, out, before * size(), after.length);
    }
  }
}
