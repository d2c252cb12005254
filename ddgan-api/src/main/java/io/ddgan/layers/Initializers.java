package io.ddgan.layers;

import io.ddgan.api.Initializer;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/** Initial values of weights and biases. */
public final class Initializers {

  /** Replaces a scale of zero. */
  private static final double SILENT = 1e-10;

  private Initializers() {}

  /**
   * Uniform around 0 with the variance {@code scale / ((fanIn + fanOut) / 2)}, where a fan is a
   * number of channels times the number of kernel elements; a scale of 1 is Glorot and Bengio
   * (2010, equation 16). A scale of 0 counts as 1e-10, which initialises the layer's output close
   * to zero (Song et al., 2021). For weights of two dimensions or more.
   */
  public static Initializer fanAverage(double scale) {
    return (shape, random) -> {
      long receptiveField = LongStream.of(shape).skip(2).reduce(1, (a, b) -> a * b);
      double fan = (shape[0] + shape[1]) * receptiveField / 2.0;
      return uniform(Math.sqrt(3 * Math.max(scale, SILENT) / fan)).values(shape, random);
    };
  }

  /** Uniform in [-bound, bound]; PyTorch's layers use {@code 1 / sqrt(fanIn)}. */
  public static Initializer uniform(double bound) {
    return drawn(random -> (2 * random.nextDouble() - 1) * bound);
  }

  /** Normal with mean 0. */
  public static Initializer normal(double deviation) {
    return drawn(random -> deviation * random.nextGaussian());
  }

  /** Zeros. */
  public static Initializer zeros() {
    return constant(0);
  }

  /** A constant. */
  public static Initializer constant(float value) {
    return (shape, random) -> {
      float[] values = new float[size(shape)];
      Arrays.fill(values, value);
      return values;
    };
  }

  private static Initializer drawn(ToDoubleFunction<RandomGenerator> draw) {
    return (shape, random) -> {
      float[] values = new float[size(shape)];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) draw.applyAsDouble(random);
      }
      return values;
    };
  }

  private static int size(long[] shape) {
    return Math.toIntExact(LongStream.of(shape).reduce(1, Math::multiplyExact));
  }
}
