package org.example.ddgan;

import io.ddgan.api.NoiseSchedule;
import io.ddgan.api.RefusedException;
import io.ddgan.config.Key;

/**
 * A noise schedule in which the signal variance falls along a sigmoid (Jabri et al., 2023), with few
 * steps close to the data and to pure noise.
 *
 * @param steps number of denoising steps T
 * @param start position of the data on the sigmoid
 * @param end position of the noise on the sigmoid
 * @param betaMax maximum beta; without it the last step would leave no signal
 */
public record SigmoidSchedule(
    @Key(value = "number of denoising steps T", min = 1, max = 1000) int steps,
    @Key(value = "position of the data on the sigmoid", min = -20, max = 20) double start,
    @Key(value = "position of the noise on the sigmoid", min = -20, max = 20) double end,
    @Key(value = "maximum beta", min = 1e-6, max = 0.999999) double betaMax)
    implements NoiseSchedule {

  /** Checks the order of start and end. */
  public SigmoidSchedule {
    if (start >= end) {
      throw new RefusedException("start must be less than end");
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

  /** Returns the signal variance at time t, from 1 at the data to 0. */
  private double left(int t) {
    double now = sigmoid(start + (end - start) * t / steps);
    return (sigmoid(end) - now) / (sigmoid(end) - sigmoid(start));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
