package io.ddgan.eval.metrics;

import io.ddgan.api.Vectors;
import io.ddgan.random.RandomStreams;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Random vectors for tests. */
final class Draws {

  private Draws() {}

  /** Independent normal numbers. */
  static double[] normal(String name, int count, int size, double mean, double deviation) {
    RandomGenerator random = new RandomStreams(7).stream(name);
    double[] values = new double[count * size];
    Arrays.setAll(values, i -> random.nextGaussian(mean, deviation));
    return values;
  }

  static Vectors vectors(String name, int count, int size, double mean, double deviation) {
    return Vectors.of(normal(name, count, size, mean, deviation), size);
  }

  /** Random probabilities of classes. */
  static Vectors probabilities(String name, int count, int classes) {
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

  /** The vectors from the last to the first. */
  static double[] reversed(double[] values, int size) {
    int count = values.length / size;
    return IntStream.range(0, values.length)
        .mapToDouble(i -> values[(count - 1 - i / size) * size + i % size])
        .toArray();
  }
}
