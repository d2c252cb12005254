package io.ddgan.schedules;

import io.ddgan.api.NoiseSchedule;
import io.ddgan.api.RefusedException;
import io.ddgan.config.Key;

/**
 * A noise variance that grows geometrically: {@code 1 - alpha_bar(s) = varianceMin (varianceMax /
 * varianceMin)^s}.
 */
public record GeometricSchedule(
    @Key(value = "number of denoising steps T", min = 1, max = 1e6) int steps,
    @Key(value = "noise variance at the data", min = 1e-6, max = 0.999999) double varianceMin,
    @Key(value = "noise variance at t = T", min = 1e-6, max = 0.999999) double varianceMax)
    implements NoiseSchedule {

  public GeometricSchedule {
    if (varianceMin >= varianceMax) {
      throw new RefusedException(
          "variance-min must be less than variance-max, found %s and %s"
              .formatted(varianceMin, varianceMax));
    }
  }

  @Override
  public double[] betas() {
    return Discretisation.betas(
        steps, (from, to) -> (variance(to) - variance(from)) / (1 - variance(from)));
  }

  /** 1 - alpha_bar(s). */
  private double variance(double s) {
    return varianceMin * Math.pow(varianceMax / varianceMin, s);
  }
}
