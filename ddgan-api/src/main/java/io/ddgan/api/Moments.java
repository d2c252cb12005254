package io.ddgan.api;

import java.io.IOException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Mean and covariance of vectors, in double precision. All are finite. */
public final class Moments {

  private static final int BLOCK = 1024;
  private static final int MOST = 16_000;

  /** Tolerance for rounding, also to single precision, relative to the largest variance. */
  private static final double ROUNDING = 1e-6;

  private final double[] mean;
  private final double[] covariance;

  private Moments(double[] mean, double[] covariance) {
    requireFinite(mean);
    requireFinite(covariance);
    this.mean = mean;
    this.covariance = covariance;
  }

  private static void requireFinite(double[] values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new RefusedException("a mean or a covariance is not finite: " + value);
      }
    }
  }

  /**
   * Moments from known values: {@code [size]} and {@code [size, size]}.
   *
   * @throws RefusedException if their sizes do not match, a value is not finite, or the covariance
   *     is not symmetric or has a negative variance
   */
  public static Moments of(double[] mean, double[] covariance) {
    if (mean.length == 0 || covariance.length != (long) mean.length * mean.length) {
      throw new RefusedException(
          "a mean of %d values needs a covariance of %1$d x %1$d; got %2$d values"
              .formatted(mean.length, covariance.length));
    }
    Moments moments = new Moments(mean.clone(), covariance.clone());
    moments.requireCovariance();
    return moments;
  }

  private void requireCovariance() {
    int size = mean.length;
    double largest = 0;
    for (int i = 0; i < size; i++) {
      largest = Math.max(largest, covariance[i * size + i]);
    }
    for (int i = 0; i < size; i++) {
      double variance = covariance[i * size + i];
      if (variance < -ROUNDING * largest) {
        throw new RefusedException(
            "feature %d has the negative variance %s".formatted(i, variance));
      }
      for (int j = 0; j < i; j++) {
        double one = covariance[i * size + j];
        double other = covariance[j * size + i];
        if (Math.abs(one - other) > ROUNDING * largest) {
          throw new RefusedException(
              "the covariance of the features %d and %d is not symmetric: %s and %s"
                  .formatted(j, i, other, one));
        }
      }
    }
  }

  /** Refuses vectors whose moments do not fit into memory. */
  public static void requireSize(int size) {
    if (size > MOST) {
      throw new RefusedException(
          "the covariance of %d features does not fit into memory: use at most %d"
              .formatted(size, MOST));
    }
  }

  /**
   * The sample mean and the unbiased sample covariance, read in one pass.
   *
   * @throws RefusedException if there are fewer than two vectors, if they are too long, or if a
   *     moment is not finite
   */
  public static Moments of(Vectors vectors) throws IOException {
    int count = vectors.count();
    int size = vectors.size();
    if (count < 2) {
      throw new RefusedException("a covariance needs at least 2 examples; got " + count);
    }
    requireSize(size);
    double[] shift = new double[size];
    double[] sum = new double[size];
    try (INDArray products = Nd4j.zeros(DataType.DOUBLE, size, size)) {
      for (int first = 0; first < count; first += BLOCK) {
        int now = Math.min(BLOCK, count - first);
        double[] block = new double[now * size];
        vectors.read(first, now, block);
        if (first == 0) {
          // Shifted close to the mean, to lose less precision if the mean is large.
          add(block, 1.0 / now, shift);
        }
        subtract(shift, block);
        add(block, 1, sum);
        try (INDArray matrix = Nd4j.create(block, new long[] {now, size}, DataType.DOUBLE)) {
          Nd4j.gemm(matrix, matrix, products, true, false, 1, 1);
        }
      }
      return of(count, shift, sum, products.data().asDouble());
    }
  }

  private static void add(double[] rows, double factor, double[] sum) {
    for (int row = 0; row < rows.length; row += sum.length) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += rows[row + i] * factor;
      }
    }
  }

  private static void subtract(double[] shift, double[] rows) {
    for (int row = 0; row < rows.length; row += shift.length) {
      for (int i = 0; i < shift.length; i++) {
        rows[row + i] -= shift[i];
      }
    }
  }

  private static Moments of(int count, double[] shift, double[] sum, double[] products) {
    int size = shift.length;
    double[] mean = new double[size];
    double[] covariance = new double[size * size];
    for (int i = 0; i < size; i++) {
      mean[i] = shift[i] + sum[i] / count;
      for (int j = 0; j < size; j++) {
        covariance[i * size + j] =
            (products[i * size + j] - sum[i] * (sum[j] / count)) / (count - 1);
      }
    }
    return new Moments(mean, covariance);
  }

  /** Length of the vectors. */
  public int size() {
    return mean.length;
  }

  /** The mean, {@code [size]}; a copy. */
  public double[] mean() {
    return mean.clone();
  }

  /** The covariance, {@code [size, size]}; a copy. */
  public double[] covariance() {
    return covariance.clone();
  }
}
