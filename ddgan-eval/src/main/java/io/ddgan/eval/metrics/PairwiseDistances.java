package io.ddgan.eval.metrics;

import io.ddgan.api.Vectors;
import java.io.IOException;
import java.util.Arrays;

/**
 * Squared Euclidean distances of all pairs of vectors, as {@code |x|^2 + |y|^2 - 2 x.y}, block by
 * block. Vectors are centred first, to limit cancellation.
 */
final class PairwiseDistances {

  private static final int BLOCK = 1024;

  /** Tolerance for rounding, relative to the vectors' squared lengths. */
  private static final double ROUNDING = 1e-12;

  private final double[] origin;

  private PairwiseDistances(double[] origin) {
    this.origin = origin;
  }

  /** Centres vectors on the mean of the first ones. */
  static PairwiseDistances amid(Vectors vectors) throws IOException {
    int some = Math.min(BLOCK, vectors.count());
    double[] block = new double[some * vectors.size()];
    vectors.read(0, some, block);
    double[] origin = new double[vectors.size()];
    for (int row = 0; row < block.length; row += origin.length) {
      for (int i = 0; i < origin.length; i++) {
        origin[i] += block[row + i] / some;
      }
    }
    return new PairwiseDistances(origin);
  }

  /**
   * Passes all pairs of a vector of one set and one of the other. Distances are reduced by the
   * rounding tolerance, to include vectors on the boundary of a ball.
   */
  void across(Vectors rows, Vectors columns, Products.Pair pair) throws IOException {
    double[] a = squares(rows);
    double[] b = squares(columns);
    Products.across(
        moved(rows),
        moved(columns),
        (i, j, product) ->
            pair.accept(i, j, Math.max(0, (a[i] + b[j]) * (1 - ROUNDING) - 2 * product)));
  }

  private void within(Vectors vectors, Products.Pair pair) throws IOException {
    double[] a = squares(vectors);
    Products.within(
        moved(vectors),
        (i, j, product) -> pair.accept(i, j, Math.max(0, a[i] + a[j] - 2 * product)));
  }

  /**
   * Returns the squared distance of each vector to its k-th nearest other vector: the squared radii
   * of balls that together estimate the support of the distribution.
   *
   * @param centres more than k vectors; equal ones are neighbours at distance 0
   */
  double[] squaredRadii(Vectors centres, int neighbours) throws IOException {
    double[][] nearest = new double[centres.count()][neighbours];
    for (double[] each : nearest) {
      Arrays.fill(each, Double.POSITIVE_INFINITY);
    }
    within(
        centres,
        (i, j, distance) -> {
          insert(distance, nearest[i]);
          insert(distance, nearest[j]);
        });
    return Arrays.stream(nearest).mapToDouble(each -> each[neighbours - 1]).toArray();
  }

  /** Inserts a distance into the smallest ones of a vector, in order. */
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

  private double[] squares(Vectors vectors) throws IOException {
    Vectors moved = moved(vectors);
    double[] squares = new double[vectors.count()];
    double[] block = new double[Math.min(BLOCK, squares.length) * vectors.size()];
    for (int first = 0; first < squares.length; first += BLOCK) {
      int now = Math.min(BLOCK, squares.length - first);
      moved.read(first, now, block);
      for (int i = 0; i < now; i++) {
        for (int j = i * origin.length; j < (i + 1) * origin.length; j++) {
          squares[first + i] += block[j] * block[j];
        }
      }
    }
    return squares;
  }

  private Vectors moved(Vectors vectors) {
    return Vectors.of(
        vectors.count(),
        vectors.size(),
        (first, count, out) -> {
          vectors.read(first, count, out);
          for (int row = 0; row < count * origin.length; row += origin.length) {
            for (int i = 0; i < origin.length; i++) {
              out[row + i] -= origin[i];
            }
          }
        });
  }
}
