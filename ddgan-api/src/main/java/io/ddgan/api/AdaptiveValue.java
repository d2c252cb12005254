package io.ddgan.api;

import java.util.Optional;

/**
 * A number that is adapted during training (Karras et al., 2020, section 3). It grows while the
 * mean of a signal is above a target and falls while it is below. In a configuration: {@code {
 * target = 0.6 }}; the other keys have defaults.
 *
 * @param target desired value of the signal
 * @param start value in the first step; {@code min} if empty
 * @param adaptationExamples minimum number of real examples for a change from min to max, at least
 *     1
 * @param every steps with the signal that are averaged for each update, at least 1
 * @param monitor column or signal that an objective reports
 */
public record AdaptiveValue(
    double target,
    Optional<Double> start,
    double min,
    double max,
    long adaptationExamples,
    int every,
    String monitor)
    implements ScheduledValue {

  public AdaptiveValue {
    if (!(min < max)) {
      throw new RefusedException("min = %s must be below max = %s".formatted(min, max));
    }
    double first = start.orElse(min);
    if (!(min <= first && first <= max)) {
      throw new RefusedException(
          "start = %s must be from min = %s to max = %s".formatted(first, min, max));
    }
    if (!KebabCase.matches(monitor)) {
      throw new RefusedException(
          "monitor = '%s' is not a column of the metrics; their names are in kebab-case"
              .formatted(monitor));
    }
  }

  /** Returns the value in the first step. */
  public double initialValue() {
    return start.orElse(min);
  }

  /**
   * Returns the updated value, from the mean of the signal and the number of examples since the
   * last update.
   */
  public double updated(double value, double mean, long seen) {
    double way = (max - min) * seen / adaptationExamples;
    return clamped(value + Math.signum(mean - target) * way);
  }

  /** Clamps a number to the allowed range. */
  public double clamped(double value) {
    return Math.min(max, Math.max(min, value));
  }
}
