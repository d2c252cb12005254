package io.ddgan.eval.metrics;

import io.ddgan.api.Vectors;
import io.ddgan.random.RandomStreams;
import java.io.IOException;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

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
  interface Statistic {

    double of(Vectors examples) throws IOException;
  }

  /**
   * The standard error.
   *
   * @param examples at least {@link #GROUPS}, in any order, also sorted by what they are
   * @param random tells in which tenth an example is
   */
  static double standardError(Vectors examples, RandomGenerator random, Statistic estimate)
      throws IOException {
    int[] order = IntStream.range(0, examples.count()).toArray();
    RandomStreams.shuffle(order, random);
    double[] estimates = new double[GROUPS];
    for (int group = 0; group < GROUPS; group++) {
      int from = bound(group, order.length);
      int to = bound(group + 1, order.length);
      IntStream rest = IntStream.range(0, order.length).filter(i -> i < from || i >= to);
      estimates[group] = estimate.of(examples.at(rest.map(i -> order[i]).sorted().toArray()));
    }
    return Math.sqrt(GROUPS - 1) * SplitStatistics.deviation(estimates);
  }

  private static int bound(int group, int count) {
    return (int) ((long) group * count / GROUPS);
  }
}
