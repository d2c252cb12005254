package io.ddgan.api;

import java.util.Optional;

/**
 * A number that training adapts (Karras et al., 2020, section 3): it grows while the mean of a
 * signal is above a target, and falls while that is below. In a configuration {@code { target = 0.6
 * }}; the rest has defaults, where the key has limits.
 *
 * @param target where the signal is wanted
 * @param start value in the first step; {@code minimum} if empty
 * @param adaptationExamples real examples within which it goes from one end to the other at most,
 *     at least 1
 * @param every steps with the signal, at least 1, whose mean decides the next move
 * @param monitor column that an objective reports, or gives as a signal
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

  /** The value in the first step. */
  public double first() {
    return start.orElse(min);
  }

  /**
   * What a value becomes in a move, by the mean of the signal and the number of examples since the
   * move before.
   */
  public double moved(double value, double mean, long seen) {
    double way = (max - min) * seen / adaptationExamples;
    return limited(value + Math.signum(mean - target) * way);
  }

  /** The value next to a number that it may have. */
  public double limited(double value) {
    return Math.min(max, Math.max(min, value));
  }
}
