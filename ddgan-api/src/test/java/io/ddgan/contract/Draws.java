package io.ddgan.contract;

import io.ddgan.api.Vectors;
import io.ddgan.random.RandomStreams;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Random vectors for tests. */
public final class Draws {

  private Draws() {}

  /** Returns independent normal numbers. */
  public static double[] normal(String name, int count, int size, double mean, double deviation) {
    RandomGenerator random = new RandomStreams(7).stream(name);
    double[] values = new double[count * size];
    Arrays.setAll(values, i -> random.nextGaussian(mean, deviation));
    return values;
  }

  /** Returns vectors of independent normal numbers. */
  public static Vectors vectors(String name, int count, int size, double mean, double deviation) {
    return Vectors.of(normal(name, count, size, mean, deviation), size);
  }

  /** Returns independent uniform numbers in [-1, 1]. */
  static double[] uniform(String name, int count, int size) {
    return new RandomStreams(7).stream(name).doubles((long) count * size, -1, 1).toArray();
  }

  /** Returns random probabilities of classes. */
  public static Vectors probabilities(String name, int count, int classes) {
    double[] values = normal(name, count, classes, 0, 2);
    for (int row = 0; row < values.length; row += classes) {
      double sum = 0;
      for (int i = row; i < row + classes; i++) {
        values[i] = Math.exp(values[i]);
        sum += values[i];
      }
      for (int i = row; i < row + classes; i++) {
        values[i] /= sum;
      }
    }
    return Vectors.of(values, classes);
  }

  /** Returns the vectors in reverse order. */
  public static double[] reversed(double[] values, int size) {
    int count = values.length / size;
    return IntStream.range(0, values.length)
        .mapToDouble(i -> values[(count - 1 - i / size) * size + i % size])
        .toArray();
  }
}
