package io.ddgan.cli.sweep;

import java.util.List;

/**
 * Mean and spread of a number over trials.
 *
 * @param mean the mean
 * @param deviation the sample's standard deviation, with n - 1; NaN of fewer than two
 * @param count how many numbers there are
 */
public record Spread(double mean, double deviation, int count) {

  static final Spread NONE = new Spread(Double.NaN, Double.NaN, 0);

  /** The spread of at least one number. */
  public static Spread of(List<Double> values) {
    double mean = values.stream().mapToDouble(x -> x).average().orElseThrow();
    double squares = values.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
    return new Spread(mean, Math.sqrt(squares / (values.size() - 1)), values.size());
  }
}
