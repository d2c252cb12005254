package io.ddgan.layers;

import io.ddgan.api.ParameterScope;
import io.ddgan.api.RefusedException;
import java.util.List;
import java.util.stream.DoubleStream;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Upsampling and downsampling with a finite impulse response filter, which avoids aliasing (Zhang,
 * 2019; Karras et al., 2020, "Analyzing and improving the image quality of StyleGAN"). The filter
 * is separable and linear, so each change is two small matrix products. It has no parameters.
 */
public final class Resampler {

  private final double[] taps;

  private Resampler(double[] taps) {
    this.taps = taps;
  }

  /**
   * Convolves the rows and the columns of maps with a filter, which is scaled to the sum 1.
   *
   * @throws RefusedException if its sum is 0 or no number
   */
  public static Resampler filtered(List<Double> filter) {
    double[] taps = new double[filter.size()];
    for (int i = 0; i < taps.length; i++) {
      taps[i] = filter.get(taps.length - 1 - i); // a convolution, where the matrices correlate
    }
    double sum = DoubleStream.of(taps).sum();
    if (sum == 0 || !Double.isFinite(sum)) {
      throw new RefusedException("the sum of a filter must not be 0; got " + filter);
    }
    return new Resampler(DoubleStream.of(taps).map(tap -> tap / sum).toArray());
  }

  /** The binomial filter of StyleGAN 2: 1, 3, 3, 1. */
  public static Resampler binomial() {
    return filtered(List.of(1.0, 3.0, 3.0, 1.0));
  }

  /** Averages 2x2 pixels, or repeats each. */
  public static Resampler box() {
    return filtered(List.of(1.0, 1.0));
  }

  /** Number of the filter's elements. */
  public int taps() {
    return taps.length;
  }

  /** Halves height and width, rounded down; a RefusedException if that is 0. */
  public FeatureMap down(ParameterScope p, FeatureMap x) {
    int before = (taps.length - 1) / 2;
    return upfirdn(p, x, 1, 2, before, taps.length - 2 - before);
  }

  /** Doubles height and width. */
  public FeatureMap up(ParameterScope p, FeatureMap x) {
    int before = (taps.length + 1) / 2;
    return upfirdn(p, x, 2, 1, before, taps.length - 1 - before);
  }

  /**
   * Upsamples, filters and downsamples. Inserts {@code up - 1} zeros after each row and column;
   * adds {@code before} zeros (above and on the left) and {@code after}, or crops if negative;
   * filters with a gain of {@code up * up}; keeps every {@code down}-th row and column. The height
   * becomes {@code (height * up + before + after - taps) / down + 1}, rounded down, and the width
   * likewise.
   *
   * @throws RefusedException if the maps would be empty
   */
  public FeatureMap upfirdn(
      ParameterScope p, FeatureMap x, int up, int down, int before, int after) {
    FeatureMap rows = contract(p, x, matrix(x.width(), up, down, before, after));
    return contract(p, rows, matrix(x.height(), up, down, before, after));
  }

  /** The filter as a matrix {@code [in, out]}. */
  private double[][] matrix(int in, int up, int down, int before, int after) {
    int out = Math.floorDiv(in * up + before + after - taps.length, down) + 1;
    if (out < 1) {
      throw new RefusedException("maps of %d pixels are too small to be resampled".formatted(in));
    }
    double[][] m = new double[in][out];
    for (int i = 0; i < out; i++) {
      for (int k = 0; k < taps.length; k++) {
        int position = i * down + k - before;
        if (position >= 0 && position % up == 0 && position / up < in) {
          m[position / up][i] = up * taps[k];
        }
      }
    }
    return m;
  }

  /** Multiplies the last dimension by a matrix and exchanges the last two. */
  private static FeatureMap contract(ParameterScope p, FeatureMap x, double[][] matrix) {
    int in = matrix.length;
    int out = matrix[0].length;
    double[] flat = new double[in * out];
    for (int i = 0; i < in; i++) {
      System.arraycopy(matrix[i], 0, flat, i * out, out);
    }
    SDVariable product =
        x.value()
            .reshape((long) p.batch() * x.channels() * x.height(), in)
            .mmul(Constants.of(p, flat, in, out))
            .reshape(p.batch(), x.channels(), x.height(), out);
    return new FeatureMap(product.permute(0, 1, 3, 2), x.channels(), out, x.height());
  }
}
