package io.ddgan.networks;

import io.ddgan.api.ParameterScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Changes of resolution by 2. With a filter they avoid aliasing (Zhang, 2019); without one, pixels
 * are averaged or repeated. The filter is separable and linear, so each change is two small matrix
 * products.
 */
final class Resampler {

  private static final List<Double> BOX = List.of(1.0, 1.0);

  private final boolean isFiltered;
  private final double[] taps;

  private Resampler(boolean isFiltered, List<Double> filter) {
    this.isFiltered = isFiltered;
    double sum = filter.stream().mapToDouble(Double::doubleValue).sum();
    this.taps = filter.stream().mapToDouble(tap -> tap / sum).toArray();
  }

  /** Resampling with a filter, whose sum is not 0; it is scaled to 1. */
  static Resampler filtered(List<Double> filter) {
    List<Double> reversed = new ArrayList<>(filter);
    Collections.reverse(reversed); // a convolution, where the matrices below correlate
    return new Resampler(true, reversed);
  }

  /** Resampling with the binomial filter of four taps. */
  static Resampler binomial() {
    return filtered(List.of(1.0, 3.0, 3.0, 1.0));
  }

  /** Resampling that averages or repeats pixels. */
  static Resampler plain() {
    return new Resampler(false, BOX);
  }

  /** Halves height and width. */
  FeatureMap down(ParameterScope p, FeatureMap x) {
    return apply(p, x, size -> matrix(size, size / 2, 1, 2, (taps.length - 1) / 2));
  }

  /** Doubles height and width. */
  FeatureMap up(ParameterScope p, FeatureMap x) {
    return apply(p, x, size -> matrix(size, 2 * size, 2, 1, (taps.length + 1) / 2));
  }

  /** Halves height and width with a 3x3 convolution. */
  FeatureMap downConvolution(ParameterScope p, FeatureMap x, int out) {
    FeatureMap wider =
        isFiltered
            ? apply(p, x, size -> matrix(size, size + 1, 1, 1, (taps.length + 1) / 2))
            : apply(p, x, Resampler::withOneZeroBehind);
    return convolution(p, wider, out, 2);
  }

  /**
   * Doubles height and width and applies a 3x3 convolution. What the convolution sees beyond the
   * edges is what the filter spreads there.
   */
  FeatureMap upConvolution(ParameterScope p, FeatureMap x, int out) {
    if (!isFiltered) {
      return Layers.convolution(p.child("Conv_0"), up(p, x), out, 3, Initializers.fanAverage(1));
    }
    FeatureMap wider = apply(p, x, size -> matrix(size, 2 * size + 2, 2, 1, (taps.length + 3) / 2));
    return convolution(p, wider, out, 1);
  }

  private FeatureMap convolution(ParameterScope p, FeatureMap x, int out, int stride) {
    ParameterScope layer = p.child(isFiltered ? "Conv2d_0" : "Conv_0");
    return Layers.convolution(layer, x, out, 3, stride, 0, Initializers.fanAverage(1))
        .plus(layer.parameter("bias", Initializers.zeros(), out));
  }

  /**
   * The filter as a matrix {@code [in, out]}: output i is the filter's product with the input from
   * {@code i * stride - offset} on.
   *
   * @param spacing distance of the input's elements, with zeros between them
   */
  private double[][] matrix(int in, int out, int spacing, int stride, int offset) {
    double[][] m = new double[in][out];
    for (int i = 0; i < out; i++) {
      for (int k = 0; k < taps.length; k++) {
        int position = i * stride + k - offset;
        if (position >= 0 && position % spacing == 0 && position / spacing < in) {
          m[position / spacing][i] = spacing * taps[k];
        }
      }
    }
    return m;
  }

  private static double[][] withOneZeroBehind(int size) {
    double[][] m = new double[size][size + 1];
    for (int i = 0; i < size; i++) {
      m[i][i] = 1;
    }
    return m;
  }

  private interface MatrixForSize {
    double[][] of(int size);
  }

  private static FeatureMap apply(ParameterScope p, FeatureMap x, MatrixForSize matrix) {
    return contract(p, contract(p, x, matrix.of(x.width())), matrix.of(x.height()));
  }

  /** Multiplies the last dimension by a matrix and exchanges the last two. */
  private static FeatureMap contract(ParameterScope p, FeatureMap x, double[][] matrix) {
    int in = matrix.length;
    int out = matrix[0].length;
    double[] flat = new double[in * out];
    for (int i = 0; i < in; i++) {
      System.arraycopy(matrix[i], 0, flat, i * out, out);
    }
    var product =
        x.value()
            .reshape((long) p.batch() * x.channels() * x.height(), in)
            .mmul(Layers.constant(p, flat, in, out))
            .reshape(p.batch(), x.channels(), x.height(), out);
    return new FeatureMap(product.permute(0, 1, 3, 2), x.channels(), out, x.height());
  }
}
