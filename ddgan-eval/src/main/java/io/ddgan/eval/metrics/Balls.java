package io.ddgan.eval.metrics;

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
   * @param centres more than k vectors; equal ones are neighbours at distance 0
   * @param neighbours k
   */
  static Balls around(Vectors centres, int neighbours, Distances distances) throws IOException {
    int count = centres.count();
    double[][] nearest = new double[count][neighbours];
    for (double[] each : nearest) {
      Arrays.fill(each, Double.POSITIVE_INFINITY);
    }
    distances.within(
        centres,
        (i, j, distance) -> {
          insert(distance, nearest[i]);
          insert(distance, nearest[j]);
        });
    return new Balls(Arrays.stream(nearest).mapToDouble(each -> each[neighbours - 1]).toArray());
  }

  /** Keeps the smallest distances of a vector, in order. */
  private static void insert(double distance, double[] nearest) {
    int at = nearest.length - 1;
    if (distance >= nearest[at]) {
      return;
    }
    for (; at > 0 && nearest[at - 1] > distance; at--) {
      nearest[at] = nearest[at - 1];
    }
    nearest[at] = distance;
  }

  /** Whether a ball reaches so far. */
  boolean reach(int centre, double squaredDistance) {
    return squaredDistance <= squaredRadii[centre];
  }
}
