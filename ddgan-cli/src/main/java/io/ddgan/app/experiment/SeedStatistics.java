package io.ddgan.app.experiment;

import java.util.List;
import java.util.Locale;

/**
 * Mean and spread of a number over the seeds of a configuration.
 *
 * @param mean the mean
 * @param std the sample's standard deviation, with n - 1; NaN of fewer than two
 * @param count how many numbers there are
 */
public record SeedStatistics(double mean, double std, int count) {

  /** Of any numbers; the mean of none is NaN. */
  public static SeedStatistics of(List<Double> values) {
    double mean = values.stream().mapToDouble(x -> x).average().orElse(Double.NaN);
    double squares = values.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
    return new SeedStatistics(mean, Math.sqrt(squares / (values.size() - 1)), values.size());
  }

  /** Whether mean and deviation can be drawn and compared. */
  public boolean isFinite() {
    return Double.isFinite(mean) && Double.isFinite(spread());
  }

  /** The deviation as it is drawn and compared: 0 of a single number. */
  public double spread() {
    return count < 2 ? 0 : std;
  }

  /** Mean, deviation and count for a file, the first two empty where there is none. */
  public List<Object> cells() {
    return List.of(count == 0 ? "" : mean, count < 2 ? "" : std, count);
  }

  /** Both with the digits that matter, such as {@code 3.75 ± 0.12}; four of a single number. */
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

  /** A number that is compared with others, with two significant digits of a magnitude. */
  private static String digits(double value, double magnitude) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    int decimals =
        magnitude == 0 ? 2 : (int) Math.max(0, Math.min(6, 1 - Math.floor(Math.log10(magnitude))));
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
