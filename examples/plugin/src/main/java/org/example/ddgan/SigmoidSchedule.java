package org.example.ddgan;

import io.ddgan.api.NoiseSchedule;
import io.ddgan.api.RefusedException;
import io.ddgan.config.Key;

/**
 * What is left of the data's variance falls along a sigmoid (Jabri et al., 2023), which spends few
 * steps near the data and near pure noise.
 *
 * @param steps number of denoising steps T
 * @param start where on the sigmoid the data are
 * @param end where on the sigmoid the noise is
 * @param betaMax greatest variance of a step; without it nothing would be left after the last
 */
public record SigmoidSchedule(
    @Key(value = "number of denoising steps T", min = 1, max = 1000) int steps,
    @Key(value = "where on the sigmoid the data are", min = -20, max = 20) double start,
    @Key(value = "where on the sigmoid the noise is", min = -20, max = 20) double end,
    @Key(value = "greatest variance of a step", min = 1e-6, max = 0.999999) double betaMax)
    implements NoiseSchedule {

  /** Refuses what no single key's range can. */
  public SigmoidSchedule {
    if (start >= end) {
      throw new RefusedException("start must be smaller than end");
    }
  }

  @Override
  public double[] betas() {
    double[] betas = new double[steps + 1];
    betas[0] = 1e-8;
    for (int t = 1; t <= steps; t++) {
      betas[t] = Math.min(betaMax, 1 - left(t) / left(t - 1));
    }
    return betas;
  }

  /** The share of the data's variance that is left at a time, from 1 at the data to 0. */
  private double left(int t) {
    double now = sigmoid(start + (end - start) * t / steps);
    return (sigmoid(end) - now) / (sigmoid(end) - sigmoid(start));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
