package io.ddgan.web;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The directions of random numbers that change what is made of them most. Of pairs that are made of
 * opposite numbers, the covariance between the numbers and half the difference says how examples
 * change with them, to first order; its right singular vectors are the directions, the strongest
 * first.
 */
final class MainDirections {

  private static final int ITERATIONS = 50;

  private final List<float[]> numbers = new ArrayList<>();
  private final List<float[]> differences = new ArrayList<>();

  /**
   * Adds a pair.
   *
   * @param drawn standard normal numbers
   * @param one the example that is made of them
   * @param opposite that of the opposite numbers
   */
  void add(float[] drawn, float[] one, float[] opposite) {
    float[] difference = new float[one.length];
    for (int i = 0; i < difference.length; i++) {
      difference[i] = (one[i] - opposite[i]) / 2;
    }
    numbers.add(drawn.clone());
    differences.add(difference);
  }

  /**
   * Finds the strongest directions.
   *
   * @param count how many, at most as many as there are numbers
   * @param random where the search begins
   * @return orthogonal vectors of length 1
   */
  List<float[]> strongest(int count, RandomGenerator random) {
    return strongest(numbers.size(), count, random).stream().map(MainDirections::floats).toList();
  }

  /**
   * How many times as much the strongest direction of one half of the pairs changes examples as
   * random directions do, by the other half: near 1 if what was found is chance.
   *
   * @param random where the search begins, and the random directions
   */
  double advantage(RandomGenerator random) {
    int half = numbers.size() / 2;
    double found = change(half, strongest(half, 1, random).get(0));
    double others = 0;
    int tries = 20;
    for (int i = 0; i < tries; i++) {
      List<double[]> direction = drawn(1, random);
      orthonormalise(direction);
      others += change(half, direction.get(0)) / tries;
    }
    return found / Math.max(Double.MIN_NORMAL, others);
  }

  /** How much a direction changes examples by the pairs from one on. */
  private double change(int from, double[] direction) {
    double[] change = times(numbers, differences, from, numbers.size(), direction);
    return Math.sqrt(dot(change, change));
  }

  private List<double[]> strongest(int to, int count, RandomGenerator random) {
    List<double[]> found = drawn(Math.min(count, numbers.get(0).length), random);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      found.replaceAll(
          vector -> times(differences, numbers, 0, to, times(numbers, differences, 0, to, vector)));
      orthonormalise(found);
    }
    return found;
  }

  private List<double[]> drawn(int count, RandomGenerator random) {
    List<double[]> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(random.doubles(numbers.get(0).length, -1, 1).toArray());
    }
    return all;
  }

  /** The covariance of one part and the other of some pairs, times a vector like the one. */
  private static double[] times(
      List<float[]> one, List<float[]> other, int from, int to, double[] vector) {
    double[] product = new double[other.get(0).length];
    for (int n = from; n < to; n++) {
      add(dot(one.get(n), vector), other.get(n), product);
    }
    return product;
  }

  private static void orthonormalise(List<double[]> vectors) {
    for (int i = 0; i < vectors.size(); i++) {
      double[] vector = vectors.get(i);
      for (double[] before : vectors.subList(0, i)) {
        double share = dot(vector, before);
        for (int k = 0; k < vector.length; k++) {
          vector[k] -= share * before[k];
        }
      }
      double norm = Math.max(Double.MIN_NORMAL, Math.sqrt(dot(vector, vector)));
      for (int k = 0; k < vector.length; k++) {
        vector[k] /= norm;
      }
    }
  }

  private static void add(double share, float[] values, double[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += share * values[i];
    }
  }

  private static double dot(float[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static float[] floats(double[] values) {
    float[] all = new float[values.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) values[i];
    }
    return all;
  }
}
