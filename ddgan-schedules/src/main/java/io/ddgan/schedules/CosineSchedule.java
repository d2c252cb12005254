package io.ddgan.schedules;

import io.ddgan.api.NoiseSchedule;
import io.ddgan.config.Key;

/**
 * The cosine schedule of Nichol and Dhariwal (2021): {@code alpha_bar(s)} is proportional to {@code
 * cos^2((s + offset) / (1 + offset) * pi / 2)}, with {@code s = t / T}. A step's variance is at
 * most {@code betaMax}; the last one would be 1.
 */
public record CosineSchedule(
    @Key(value = "number of denoising steps T", min = 1, max = 1e6) int steps,
    @Key(value = "offset s, which prevents very small first steps", min = 0, max = 1) double offset,
    @Key(value = "maximum variance of a step", min = 1e-6, max = 0.999999) double betaMax)
    implements NoiseSchedule {

  @Override
  public double[] betas() {
    return Discretisation.betas(steps, t -> Math.min(betaMax, 1 - signal(t) / signal(t - 1)));
  }

  private double signal(int t) {
    double cosine = Math.cos(((double) t / steps + offset) / (1 + offset) * Math.PI / 2);
    return cosine * cosine;
  }
}
