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

  /** Number of pairs. */
  int size() {
    return numbers.size();
  }

  /**
   * Finds the strongest directions.
   *
   * @param count how many, at most as many as there are numbers
   * @param random where the search begins
   * @return orthogonal vectors of length 1
   */
  List<float[]> strongest(int count, RandomGenerator random) {
    int length = numbers.get(0).length;
    List<double[]> found = new ArrayList<>();
    for (int i = 0; i < Math.min(count, length); i++) {
      found.add(random.doubles(length, -1, 1).toArray());
    }
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      found.replaceAll(this::changed);
      orthonormalise(found);
    }
    return found.stream().map(MainDirections::floats).toList();
  }

  /** A vector times the covariance, and times its transpose. */
  private double[] changed(double[] vector) {
    double[] change = new double[differences.get(0).length];
    for (int n = 0; n < numbers.size(); n++) {
      add(dot(numbers.get(n), vector), differences.get(n), change);
    }
    double[] result = new double[vector.length];
    for (int n = 0; n < numbers.size(); n++) {
      add(dot(differences.get(n), change), numbers.get(n), result);
    }
    return result;
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
