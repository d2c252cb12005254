package io.ddgan.networks;

import io.ddgan.api.ParameterScope;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Changes of resolution with the binomial filter (1, 3, 3, 1), which avoids aliasing (Zhang, 2019).
 * The filter is separable and linear, so each is two small matrix products.
 */
final class Resampling {

  private static final double[] FILTER = {1, 3, 3, 1};
  private static final double SUM = 8;

  private Resampling() {}

  /** Halves height and width. */
  static Features down(ParameterScope p, Features x) {
    return apply(p, x, downMatrix(x.height()), downMatrix(x.width()));
  }

  /** Doubles height and width. */
  static Features up(ParameterScope p, Features x) {
    return apply(p, x, upMatrix(x.height()), upMatrix(x.width()));
  }

  /** Filters with two zeros of padding on each side, which makes the maps larger by one. */
  static Features blur(ParameterScope p, Features x) {
    return apply(p, x, blurMatrix(x.height()), blurMatrix(x.width()));
  }

  private static double[][] downMatrix(int size) {
    double[][] m = new double[size][size / 2];
    for (int out = 0; out < size / 2; out++) {
      spread(m, out, 2 * out - 1, 1 / SUM);
    }
    return m;
  }

  private static double[][] blurMatrix(int size) {
    double[][] m = new double[size][size + 1];
    for (int out = 0; out <= size; out++) {
      spread(m, out, out - 2, 1 / SUM);
    }
    return m;
  }

  private static double[][] upMatrix(int size) {
    double[][] transposed = new double[2 * size][size];
    for (int in = 0; in < size; in++) {
      spread(transposed, in, 2 * in - 1, 2 / SUM);
    }
    double[][] m = new double[size][2 * size];
    for (int in = 0; in < size; in++) {
      for (int out = 0; out < 2 * size; out++) {
        m[in][out] = transposed[out][in];
      }
    }
    return m;
  }

  private static void spread(double[][] m, int column, int firstRow, double scale) {
    for (int k = 0; k < FILTER.length; k++) {
      int row = firstRow + k;
      if (row >= 0 && row < m.length) {
        m[row][column] = FILTER[k] * scale;
      }
    }
  }

  private static Features apply(ParameterScope p, Features x, double[][] rows, double[][] columns) {
    SDVariable alongWidth = contract(p, x.value(), x, x.height(), columns);
    int width = columns[0].length;
    Features turned = new Features(alongWidth, x.channels(), width, x.height());
    SDVariable alongHeight = contract(p, turned.value(), turned, width, rows);
    return new Features(alongHeight, x.channels(), rows[0].length, width);
  }

  /** Multiplies the last dimension by a matrix and exchanges the last two. */
  private static SDVariable contract(
      ParameterScope p, SDVariable value, Features x, int other, double[][] matrix) {
    int in = matrix.length;
    int out = matrix[0].length;
    double[] flat = new double[in * out];
    for (int i = 0; i < in; i++) {
      System.arraycopy(matrix[i], 0, flat, i * out, out);
    }
    SDVariable product =
        value
            .reshape((long) p.batch() * x.channels() * other, in)
            .mmul(Layers.constant(p, flat, in, out));
    return product.reshape(p.batch(), x.channels(), other, out).permute(0, 1, 3, 2);
  }
}
