package io.ddgan.eval.metrics;

import io.ddgan.api.RefusedException;
import io.ddgan.api.Vectors;
import java.io.IOException;
import java.util.Arrays;

/**
 * The balls around the vectors of a set, each of which reaches as far as the k-th nearest other
 * vector. Together they estimate where the vectors' distribution has its mass.
 */
final class Balls {

  private final double[] squaredRadii;

  private Balls(double[] squaredRadii) {
    this.squaredRadii = squaredRadii;
  }

  /**
   * Finds the radii.
   *
   * @param centres the vectors; equal ones are neighbours at distance 0
   * @param neighbours k
   * @throws IllegalArgumentException if there are not more vectors than neighbours
   */
  static Balls around(Vectors centres, int neighbours, Distances distances) throws IOException {
    int count = centres.count();
    if (count <= neighbours) {
      throw new RefusedException(
          "neighbours = %1$d needs at least %2$d generated and %2$d real examples, not %3$d"
              .formatted(neighbours, neighbours + 1, count));
    }
    if ((long) count * neighbours > Integer.MAX_VALUE) {
      throw new RefusedException(
          "neighbours = %,d of %,d examples each are more than can be kept; set neighbours or samples lower"
              .formatted(neighbours, count));
    }
    double[] nearest = new double[count * neighbours];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    distances.within(
        centres,
        (i, j, distance) -> {
          insert(distance, nearest, i * neighbours, neighbours);
          insert(distance, nearest, j * neighbours, neighbours);
        });
    double[] squaredRadii = new double[count];
    Arrays.setAll(squaredRadii, i -> nearest[(i + 1) * neighbours - 1]);
    return new Balls(squaredRadii);
  }

  /** Keeps the smallest distances of a vector, in order. */
  private static void insert(double distance, double[] nearest, int from, int neighbours) {
    int at = from + neighbours - 1;
    if (distance >= nearest[at]) {
      return;
    }
    for (; at > from && nearest[at - 1] > distance; at--) {
      nearest[at] = nearest[at - 1];
    }
    nearest[at] = distance;
  }

  /** Whether a ball reaches so far. */
  boolean reach(int centre, double squaredDistance) {
    return squaredDistance <= squaredRadii[centre];
  }
}
