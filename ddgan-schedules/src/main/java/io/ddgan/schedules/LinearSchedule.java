package io.ddgan.schedules;

import io.ddgan.api.NoiseSchedule;
import io.ddgan.api.RefusedException;
import io.ddgan.config.Key;

/**
 * Variances that grow linearly from the first step to the last, from 1e-4 to 0.02 in 1000 steps in
 * DDPM (Ho et al., 2020). A single step has the last variance.
 */
public record LinearSchedule(
    @Key(value = "number of denoising steps T", min = 1, max = 1e6) int steps,
    @Key(value = "variance of the first step", min = 1e-8, max = 0.999999) double betaStart,
    @Key(value = "variance of the last step", min = 1e-8, max = 0.999999) double betaEnd)
    implements NoiseSchedule {

  /** Checks the keys against each other. */
  public LinearSchedule {
    if (betaStart > betaEnd) {
      throw new RefusedException(
          "beta-start must not be greater than beta-end, found %s and %s"
              .formatted(betaStart, betaEnd));
    }
  }

  private double share(int t) {
    return steps == 1 ? 1 : (t - 1) / (steps - 1.0);
  }

  @Override
  public double[] betas() {
    return Discretisation.betas(steps, t -> betaStart + share(t) * (betaEnd - betaStart));
  }
}
