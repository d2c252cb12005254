package io.ddgan.layers;

import io.ddgan.api.Initializer;
import io.ddgan.api.ParameterScope;
import io.ddgan.api.RefusedException;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;

/**
 * A two-dimensional convolution as in PyTorch. Pixel (i, j) of the output is the sum of products of
 * the weights with the input from {@code (i, j) * stride - padding} on, with zeros beyond the
 * border. Its parameters are {@code weight} {@code [out, in, kernelHeight, kernelWidth]} and
 * optionally {@code bias} {@code [out]}.
 */
public final class Convolution {

  /** A pair of vertical and horizontal values. */
  private record Extent(int height, int width) {}

  private final int out;
  private final Extent kernel;
  private final int stride;
  private final Extent padding;
  private final Initializer weights;
  private final Optional<Initializer> bias;

  private Convolution(
      int out,
      Extent kernel,
      int stride,
      Extent padding,
      Initializer weights,
      Optional<Initializer> bias) {
    this.out = out;
    this.kernel = kernel;
    this.stride = stride;
    this.padding = padding;
    this.weights = weights;
    this.bias = bias;
  }

  /**
   * A convolution with a square kernel, stride 1 and no padding. Its bias is initialised to 0, its
   * weights by {@link Initializers#fanAverage} of 1.
   */
  public static Convolution of(int out, int kernel) {
    return of(out, new Extent(kernel, kernel), new Extent(0, 0));
  }

  /**
   * The same, padded to keep height and width at stride 1; a RefusedException if the kernel is
   * even.
   */
  public static Convolution same(int out, int kernel) {
    return same(out, kernel, kernel);
  }

  /** The same with a kernel of odd height and width. */
  public static Convolution same(int out, int height, int width) {
    if (height % 2 == 0 || width % 2 == 0) {
      throw new RefusedException(
          "only kernels of odd height and width keep the size of maps; got %dx%d"
              .formatted(height, width));
    }
    return of(out, new Extent(height, width), new Extent(height / 2, width / 2));
  }

  private static Convolution of(int out, Extent kernel, Extent padding) {
    return new Convolution(
        out, kernel, 1, padding, Initializers.fanAverage(1), Optional.of(Initializers.zeros()));
  }

  /** The same with another stride in pixels, at least 1. */
  public Convolution stride(int newStride) {
    return new Convolution(out, kernel, newStride, padding, weights, bias);
  }

  /** The same with this many zeros on each side. */
  public Convolution padding(int pixels) {
    return new Convolution(out, kernel, stride, new Extent(pixels, pixels), weights, bias);
  }

  /** The same with other initial weights. */
  public Convolution weights(Initializer initializer) {
    return new Convolution(out, kernel, stride, padding, initializer, bias);
  }

  /** The same with a bias and its initial values. */
  public Convolution bias(Initializer initializer) {
    return new Convolution(out, kernel, stride, padding, weights, Optional.of(initializer));
  }

  /** The same without a bias. */
  public Convolution withoutBias() {
    return new Convolution(out, kernel, stride, padding, weights, Optional.empty());
  }

  /**
   * Adds the layer, with maps of the height {@code (height + 2 * padding - kernelHeight) / stride +
   * 1}, rounded down, and the width likewise.
   *
   * @throws RefusedException if the kernel is larger than the padded maps
   */
  public FeatureMap apply(ParameterScope p, FeatureMap x) {
    SDVariable weight =
        p.parameter("weight", weights, out, x.channels(), kernel.height, kernel.width);
    return apply(x, weight, bias.map(initializer -> p.parameter("bias", initializer, out)));
  }

  /** Adds the convolution with a given weight and bias. */
  FeatureMap apply(FeatureMap x, SDVariable weight, Optional<SDVariable> shift) {
    int height = extent(x.height(), padding.height, kernel.height);
    int width = extent(x.width(), padding.width, kernel.width);
    var cnn = x.value().getSameDiff().cnn();
    SDVariable value =
        shift
            .map(b -> cnn.conv2d(x.value(), weight, b, config()))
            .orElseGet(() -> cnn.conv2d(x.value(), weight, config()));
    return new FeatureMap(value, out, height, width);
  }

  private int extent(int size, int padded, int kernelSize) {
    int places = size + 2 * padded - kernelSize;
    if (places < 0) {
      throw new RefusedException(
          "a kernel of %dx%d does not fit on maps of %d pixels with a padding of %d"
              .formatted(kernel.height, kernel.width, size, padded));
    }
    return places / stride + 1;
  }

  private Conv2DConfig config() {
    return Conv2DConfig.builder()
        .kH(kernel.height)
        .kW(kernel.width)
        .sH(stride)
        .sW(stride)
        .pH(padding.height)
        .pW(padding.width)
        .paddingMode(PaddingMode.VALID)
        .weightsFormat(WeightsFormat.OIYX)
        .build();
  }
}
