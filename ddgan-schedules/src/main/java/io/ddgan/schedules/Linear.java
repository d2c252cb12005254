package io.ddgan.schedules;

import io.ddgan.api.NoiseSchedule;
import io.ddgan.api.RefusedException;
import io.ddgan.config.Key;

/**
 * Variances that grow linearly from the first step to the last, as in DDPM (Ho et al., 2020), where
 * they go from 1e-4 to 0.02 in 1000 steps. A single step has the last one.
 */
public record Linear(
    @Key(value = "number of denoising steps T", min = 1, max = 1e6) int steps,
    @Key(value = "variance of the first step", min = 1e-8, max = 0.999999) double betaFirst,
    @Key(value = "variance of the last step", min = 1e-8, max = 0.999999) double betaLast)
    implements NoiseSchedule {

  /** Checks what the single keys cannot say. */
  public Linear {
    if (betaFirst > betaLast) {
      throw new RefusedException(
          "beta-first must not be greater than beta-last, found %s and %s"
              .formatted(betaFirst, betaLast));
    }
  }

  private double share(int t) {
    return steps == 1 ? 1 : (t - 1) / (steps - 1.0);
  }

  @Override
  public double[] betas() {
    return Discretisation.betas(steps, t -> betaFirst + share(t) * (betaLast - betaFirst));
  }
}
