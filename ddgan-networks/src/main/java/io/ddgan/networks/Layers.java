package io.ddgan.networks;

import io.ddgan.api.Initializer;
import io.ddgan.api.ParameterScope;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.factory.Nd4j;

/** The layers that several networks share. */
final class Layers {

  /** Added to a variance before its root is taken. */
  private static final double EPSILON = 1e-6;

  private Layers() {}

  /** {@code x W^T + b}: {@code [N, in]} to {@code [N, out]}. */
  static SDVariable linear(
      ParameterScope p, SDVariable x, int in, int out, Initializer weights, Initializer bias) {
    return linearParameters(p, in, out, weights, bias).apply(x);
  }

  /** A linear layer with the usual first values. */
  static SDVariable linear(ParameterScope p, SDVariable x, int in, int out) {
    return linearParameters(p, in, out).apply(x);
  }

  /** The parameters of a linear layer with the usual first values. */
  static LinearParameters linearParameters(ParameterScope p, int in, int out) {
    return linearParameters(p, in, out, Initializers.fanAverage(1), Initializers.zeros());
  }

  private static LinearParameters linearParameters(
      ParameterScope p, int in, int out, Initializer weights, Initializer bias) {
    return new LinearParameters(
        p.parameter("weight", weights, out, in), p.parameter("bias", bias, out), out);
  }

  /** A linear layer that may still be applied. */
  record LinearParameters(SDVariable weight, SDVariable bias, int out) {

    SDVariable apply(SDVariable x) {
      SDVariable product = x.getSameDiff().mmul(x, weight, false, true, false);
      return product.add(bias.reshape(1, out));
    }
  }

  /** Linear layers with leaky ReLU between them: {@code [N, in]} to {@code [N, out]}. */
  static SDVariable perceptron(
      ParameterScope p, SDVariable x, int in, int width, int layers, int out) {
    return linear(p.child("output"), hidden(p, x, in, width, layers), width, out);
  }

  /** Linear layers with leaky ReLU after each: {@code [N, in]} to {@code [N, width]}. */
  static SDVariable hidden(ParameterScope p, SDVariable x, int in, int width, int layers) {
    SDVariable h = x;
    for (int i = 0; i < layers; i++) {
      h = linear(p.child("hidden" + i), h, i == 0 ? in : width, width);
      h = leakyRelu(p, h);
    }
    return h;
  }

  /** {@code x} where it is positive, a fifth of it elsewhere. */
  static SDVariable leakyRelu(ParameterScope p, SDVariable x) {
    return p.sameDiff().nn().leakyRelu(x, 0.2);
  }

  /** A convolution that keeps height and width, with bias. */
  static FeatureMap convolution(
      ParameterScope p, FeatureMap x, int out, int kernel, Initializer weights) {
    SDVariable b = p.parameter("bias", Initializers.zeros(), out);
    return convolution(p, x, out, kernel, 1, kernel / 2, weights).plus(b);
  }

  /** A convolution without bias. */
  static Convolved convolution(
      ParameterScope p,
      FeatureMap x,
      int out,
      int kernel,
      int stride,
      int padding,
      Initializer weights) {
    SDVariable w = p.parameter("weight", weights, out, x.channels(), kernel, kernel);
    return new Convolved(x, w, out, kernel, stride, padding);
  }

  /** A linear map of the channels, whose weight the reference stores as {@code [in, out]}. */
  static FeatureMap channelMap(ParameterScope p, FeatureMap x, int out, double scale) {
    int in = x.channels();
    SDVariable w = p.parameter("W", Initializers.fanAverage(scale), in, out);
    SDVariable b = p.parameter("b", Initializers.zeros(), out);
    return new Convolved(x, w.permute(1, 0).reshape(out, in, 1, 1), out, 1, 1, 0).plus(b);
  }

  /** A convolution that may still get a bias. */
  record Convolved(FeatureMap x, SDVariable w, int out, int kernel, int stride, int padding) {

    FeatureMap plus(SDVariable bias) {
      return features(x.value().getSameDiff().cnn().conv2d(x.value(), w, bias, config()));
    }

    FeatureMap withoutBias() {
      return features(x.value().getSameDiff().cnn().conv2d(x.value(), w, config()));
    }

    private FeatureMap features(SDVariable value) {
      return new FeatureMap(value, out, extent(x.height()), extent(x.width()));
    }

    private int extent(int size) {
      return (size + 2 * padding - kernel) / stride + 1;
    }

    private Conv2DConfig config() {
      return Conv2DConfig.builder()
          .kH(kernel)
          .kW(kernel)
          .sH(stride)
          .sW(stride)
          .pH(padding)
          .pW(padding)
          .paddingMode(PaddingMode.VALID)
          .weightsFormat(WeightsFormat.OIYX)
          .build();
    }
  }

  /** Adds one number for each example and channel, {@code [N, channels]}, to all pixels. */
  static FeatureMap shift(ParameterScope p, FeatureMap x, SDVariable perChannel) {
    return x.with(x.value().add(perChannel.reshape(p.batch(), x.channels(), 1, 1)));
  }

  /** Normalises groups of channels to mean 0 and variance 1 (Wu and He, 2018). */
  static FeatureMap normalise(ParameterScope p, FeatureMap x) {
    int groups = Math.min(x.channels() / 4, 32);
    if (groups == 0 || x.channels() % groups != 0) {
      throw new IllegalArgumentException(
          "%d channels cannot be normalised in %d groups; choose channels in multiples of 4"
                  .formatted(x.channels(), groups)
              + ", and of 32 where there are more than 128");
    }
    SDVariable rows = x.value().reshape((long) p.batch() * groups, -1);
    SDVariable centred = rows.sub(rows.mean(true, 1));
    SDVariable deviation = p.sameDiff().math().square(centred).mean(true, 1).add(EPSILON);
    SDVariable normal = centred.div(p.sameDiff().math().sqrt(deviation));
    return x.with(normal.reshape(p.batch(), x.channels(), x.height(), x.width()));
  }

  /** Group normalisation with a learned scale and shift for each channel. */
  static FeatureMap groupNorm(ParameterScope p, FeatureMap x) {
    int c = x.channels();
    SDVariable scale = p.parameter("weight", Initializers.constant(1), c).reshape(1, c, 1, 1);
    SDVariable shift = p.parameter("bias", Initializers.zeros(), c).reshape(1, c, 1, 1);
    return x.with(normalise(p, x).value().mul(scale).add(shift));
  }

  /**
   * Group normalisation whose scale and shift are linear functions of a style {@code [N, size]}.
   */
  static FeatureMap adaptiveGroupNorm(ParameterScope p, FeatureMap x, SDVariable style, int size) {
    int c = x.channels();
    SDVariable both =
        linear(
                p.child("style"),
                style,
                size,
                2 * c,
                Initializers.fanAverage(1),
                Initializers.scaleAndShift())
            .reshape(p.batch(), 2, c, 1, 1);
    SameDiff sd = p.sameDiff();
    SDVariable scale = slice(sd, both, p.batch(), 0, c);
    SDVariable shift = slice(sd, both, p.batch(), 1, c);
    return x.with(normalise(p, x).value().mul(scale).add(shift));
  }

  private static SDVariable slice(SameDiff sd, SDVariable both, int batch, int which, int c) {
    return sd.slice(both, new int[] {0, which, 0, 0, 0}, batch, 1, c, 1, 1).reshape(batch, c, 1, 1);
  }

  /**
   * {@code x * sigmoid(x)}, also called swish, as {@code h * (1 + tanh(h))} with {@code h = x / 2}:
   * the native library's hyperbolic tangent is ten times as fast as its sigmoid.
   */
  static SDVariable silu(ParameterScope p, SDVariable x) {
    SDVariable half = x.mul(0.5);
    return half.mul(p.sameDiff().math().tanh(half).add(1));
  }

  /**
   * Sinusoidal embedding of times {@code [N]} as {@code [N, size]} (Vaswani et al., 2017); the last
   * number of an odd size is 0.
   */
  static SDVariable timeEmbedding(ParameterScope p, SDVariable t, int size) {
    int half = size / 2;
    double[] frequencies = new double[half];
    for (int i = 0; i < half; i++) {
      frequencies[i] = (float) Math.exp(i * -Math.log(10000) / (half - 1));
    }
    SDVariable angles = t.reshape(p.batch(), 1).mul(constant(p, frequencies, 1, half));
    SameDiff sd = p.sameDiff();
    SDVariable embedding = sd.concat(1, sd.math().sin(angles), sd.math().cos(angles));
    return size % 2 == 0
        ? embedding
        : sd.concat(1, embedding, constant(p, new double[p.batch()], p.batch(), 1));
  }

  /** Numbers that are part of the network but not trained. */
  static SDVariable constant(ParameterScope p, double[] values, long... shape) {
    INDArray array = Nd4j.createFromArray(values).castTo(p.dataType()).reshape(shape);
    return p.sameDiff().constant(array);
  }
}
