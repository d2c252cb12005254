package io.ddgan.api;

/** How much noise each of the few, large diffusion steps adds. */
public interface NoiseSchedule {

  /** Number of denoising steps T, at least 1. */
  int steps();

  /**
   * Variances of the noise that the forward steps add.
   *
   * @return {@code T + 1} values in (0, 1]; entry {@code t >= 1} is beta of the step from x_{t-1}
   *     to x_t in q(x_t | x_{t-1}) = N(sqrt(1 - beta_t) x_{t-1}, beta_t I), and entry 0, which
   *     stands for the data itself, is close to 0
   */
  double[] betas();
}
