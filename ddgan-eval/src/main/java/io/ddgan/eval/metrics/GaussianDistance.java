package io.ddgan.eval.metrics;

import io.ddgan.api.Moments;
import io.ddgan.api.RefusedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The squared Frechet distance of Gaussians (Dowson and Landau, 1982), {@code |m1 - m2|^2 + tr(S1 +
 * S2 - 2 sqrt(S1 S2))}.
 *
 * <p>With {@code S = R' R}, the trace of the root is the sum of the singular values of {@code R1
 * R2'}. This avoids roots of matrices and of small eigenvalues, and is exact for singular
 * covariances.
 */
final class GaussianDistance {

  /** Tolerance for rounding, relative to the largest variance; statistics may be in float32. */
  private static final double ROUNDING = 1e-3;

  private final double[] mean;
  private final double[] variances;
  private final double[][] factor;

  /**
   * Prepares distances from one Gaussian.
   *
   * @throws IllegalArgumentException if its covariance has negative eigenvalues
   */
  GaussianDistance(Moments one) {
    double[] covariance = one.covariance();
    this.mean = one.mean();
    this.variances = variances(covariance, one.size());
    this.factor = factor(covariance, one.size());
  }

  private static double[] variances(double[] covariance, int size) {
    double[] variances = new double[size];
    for (int i = 0; i < size; i++) {
      variances[i] = covariance[i * size + i];
    }
    return variances;
  }

  /**
   * Returns the distance, at least 0.
   *
   * @throws IllegalArgumentException if the dimensions differ, or the covariance has negative
   *     eigenvalues
   */
  double to(Moments other) {
    int size = mean.length;
    if (other.size() != size) {
      throw new RefusedException(
          "moments of %d features and of %d cannot be compared; use one extractor for both"
              .formatted(size, other.size()));
    }
    double[] covariance = other.covariance();
    double[] to = other.mean();
    double distance = 0;
    for (int i = 0; i < size; i++) {
      double difference = mean[i] - to[i];
      distance += difference * difference + variances[i] + covariance[i * size + i];
    }
    return Math.max(0, distance - 2 * traceOfRoot(factor, factor(covariance, size)));
  }

  /**
   * Returns the Cholesky factor R of a semidefinite matrix, row by row. The largest remaining
   * variance is the pivot, and the rows end when only rounding is left (Higham, 2002, section
   * 10.3); columns are not permuted.
   */
  private static double[][] factor(double[] matrix, int size) {
    double[] rest = variances(matrix, size);
    double most = rest[largest(rest)];
    double least = size * Math.ulp(1.0) * most;
    List<double[]> rows = new ArrayList<>();
    int pivot = largest(rest);
    while (rest[pivot] > least) {
      double[] row = new double[size];
      System.arraycopy(matrix, pivot * size, row, 0, size);
      for (double[] earlier : rows) {
        double weight = earlier[pivot];
        for (int i = 0; i < size; i++) {
          row[i] -= weight * earlier[i];
        }
      }
      double root = Math.sqrt(rest[pivot]);
      for (int i = 0; i < size; i++) {
        row[i] = rest[i] > 0 ? row[i] / root : 0;
        rest[i] -= row[i] * row[i];
      }
      rest[pivot] = 0;
      rows.add(row);
      pivot = largest(rest);
    }
    if (Arrays.stream(rest).anyMatch(variance -> variance < -ROUNDING * most)) {
      throw new RefusedException(
          "invalid statistics: the covariance has negative eigenvalues; compute them again");
    }
    return rows.toArray(double[][]::new);
  }

  /** Returns the index of the largest number, the first of equal ones. */
  static int largest(double[] values) {
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[largest]) {
        largest = i;
      }
    }
    return largest;
  }

  private static double traceOfRoot(double[][] a, double[][] b) {
    if (a.length == 0 || b.length == 0) {
      return 0;
    }
    try (INDArray left = Nd4j.createFromArray(a);
        INDArray right = Nd4j.createFromArray(b);
        INDArray product = Nd4j.create(DataType.DOUBLE, a.length, b.length);
        INDArray singular = Nd4j.create(DataType.DOUBLE, Math.min(a.length, b.length))) {
      Nd4j.gemm(left, right, product, false, true, 1, 0);
      Nd4j.getBlasWrapper().lapack().gesvd(product, singular, null, null);
      return singular.sumNumber().doubleValue();
    }
  }
}
