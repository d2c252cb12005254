package io.ddgan.networks;

import io.ddgan.api.Initializer;
import java.util.Arrays;
import java.util.stream.LongStream;

/** First values of weights and biases, by the reference's rules. */
final class Initializers {

  /** What the reference takes for a scale of zero, so that the layer begins as good as silent. */
  private static final double SILENT = 1e-10;

  private Initializers() {}

  /**
   * Uniform with variance {@code scale / ((fanIn + fanOut) / 2)}; Glorot and Bengio (2010) for 1.
   */
  static Initializer fanAverage(double scale) {
    return (shape, random) -> {
      long receptiveField = LongStream.of(shape).skip(2).reduce(1, (a, b) -> a * b);
      double fan = (shape[0] + shape[1]) * receptiveField / 2.0;
      double bound = Math.sqrt(3 * Math.max(scale, SILENT) / fan);
      float[] values = new float[size(shape)];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
      }
      return values;
    };
  }

  /** Normally distributed around 0. */
  static Initializer gaussian(double deviation) {
    return (shape, random) -> {
      float[] values = new float[size(shape)];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (deviation * random.nextGaussian());
      }
      return values;
    };
  }

  static Initializer zeros() {
    return constant(0);
  }

  static Initializer constant(float value) {
    return (shape, random) -> {
      float[] values = new float[size(shape)];
      Arrays.fill(values, value);
      return values;
    };
  }

  /** Bias of an adaptive norm: scales, the first half, are 1 and shifts are 0. */
  static Initializer scaleAndShift() {
    return (shape, random) -> {
      float[] values = new float[size(shape)];
      Arrays.fill(values, 0, values.length / 2, 1f);
      return values;
    };
  }

  private static int size(long[] shape) {
    return Math.toIntExact(LongStream.of(shape).reduce(1, Math::multiplyExact));
  }
}
