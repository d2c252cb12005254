package io.ddgan.schedules;

import io.ddgan.api.NoiseSchedule;
import io.ddgan.api.RefusedException;
import io.ddgan.config.Key;

/**
 * The variance-preserving SDE of Song et al. (2021), discretised into a few steps: {@code
 * alpha_bar(s) = exp(-(betaMax - betaMin) s^2 / 2 - betaMin s)}.
 */
public record VpSchedule(
    @Key(value = "number of denoising steps T", min = 1, max = 1e6) int steps,
    @Key(value = "noise rate at the data", min = 1e-6, max = 1000) double betaMin,
    @Key(value = "noise rate at t = T", min = 1e-6, max = 1000) double betaMax)
    implements NoiseSchedule {

  public VpSchedule {
    if (betaMin > betaMax) {
      throw new RefusedException(
          "beta-min must not be greater than beta-max, found %s and %s"
              .formatted(betaMin, betaMax));
    }
  }

  @Override
  public double[] betas() {
    return Discretisation.betas(steps, (from, to) -> -Math.expm1(logSignal(to) - logSignal(from)));
  }

  /** ln alpha_bar(s). */
  private double logSignal(double s) {
    return -s * (s * (betaMax - betaMin) / 2 + betaMin);
  }
}
