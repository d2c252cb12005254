package io.ddgan.eval.metrics;

import java.util.Arrays;

/** Mean and standard deviation of a few numbers. */
final class SplitStatistics {

  private SplitStatistics() {}

  static double mean(double... numbers) {
    return Arrays.stream(numbers).average().orElseThrow();
  }

  /** Returns the population standard deviation: 0 for one number. */
  static double deviation(double... numbers) {
    double mean = mean(numbers);
    return Math.sqrt(Arrays.stream(numbers).map(x -> (x - mean) * (x - mean)).average().orElse(0));
  }
}
