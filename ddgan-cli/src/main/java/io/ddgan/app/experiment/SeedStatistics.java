package io.ddgan.app.experiment;

import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Mean and standard deviation over the seeds of a configuration.
 *
 * @param mean the mean
 * @param std the sample standard deviation (n - 1); NaN for fewer than two
 * @param count number of values
 */
public record SeedStatistics(double mean, double std, int count) {

  /** Minimum number of seeds for a statement about a difference. */
  public static final int ENOUGH = 3;

  private static final double SIGNIFICANT = 0.05;

  /** Computes the statistics; the mean of no numbers is NaN. */
  public static SeedStatistics of(List<Double> values) {
    double mean = values.stream().mapToDouble(x -> x).average().orElse(Double.NaN);
    double squares = values.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
    return new SeedStatistics(mean, Math.sqrt(squares / (values.size() - 1)), values.size());
  }

  /** Returns whether mean and deviation are finite. */
  public boolean isFinite() {
    return Double.isFinite(mean) && Double.isFinite(spread());
  }

  /**
   * Returns whether the true means differ by Welch's t-test at 5 % (Welch, 1947); false with fewer
   * than three values of either, as nothing is known then.
   */
  public boolean differsFrom(SeedStatistics other) {
    if (Math.min(count, other.count) < ENOUGH || !isFinite() || !other.isFinite()) {
      return false;
    }
    double own = std * std / count;
    double others = other.std * other.std / other.count;
    double distance = Math.abs(mean - other.mean);
    if (own + others == 0) {
      return distance > 0;
    }
    double freedom =
        Math.pow(own + others, 2) / (own * own / (count - 1) + others * others / (other.count - 1));
    double chance =
        new TDistribution(freedom).cumulativeProbability(-distance / Math.sqrt(own + others));
    return 2 * chance < SIGNIFICANT;
  }

  /** Returns the deviation; 0 for a single number. */
  public double spread() {
    return count < 2 ? 0 : std;
  }

  /** Returns cells with mean, deviation and count; missing ones are empty. */
  public List<Object> cells() {
    return List.of(count == 0 ? "" : mean, count < 2 ? "" : std, count);
  }

  /**
   * Formats both with significant digits, such as {@code 3.75 ± 0.12}; four for a single number.
   */
  @Override
  public String toString() {
    if (count == 0) {
      return "–";
    }
    if (!isFinite()) {
      return Double.toString(mean);
    }
    if (count < 2) {
      boolean isWhole = mean == Math.rint(mean);
      return isWhole
          ? String.format(Locale.ROOT, "%.0f", mean)
          : digits(mean, Math.abs(mean) / 100);
    }
    return "%s ± %s".formatted(digits(mean, std), digits(std, std));
  }

  /** Formats a number to two significant digits of a magnitude. */
  private static String digits(double value, double magnitude) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    int decimals =
        magnitude == 0 ? 2 : (int) Math.max(0, Math.min(6, 1 - Math.floor(Math.log10(magnitude))));
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
