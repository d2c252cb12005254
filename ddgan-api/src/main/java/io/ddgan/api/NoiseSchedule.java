package io.ddgan.api;

/**
 * How much noise each of the few, large diffusion steps adds: the variances beta_t of
 *
 * <pre>{@code q(x_t | x_{t-1}) = N(sqrt(1 - beta_t) x_{t-1}, beta_t I)}</pre>
 *
 * (Ho et al., 2020, equation 2; Xiao et al., 2022, section 2). Where T is small the betas are
 * large, and the true q(x_t | x_{t+1}) is far from Gaussian, which is why a GAN models it (Xiao et
 * al., section 3.1).
 *
 * <p>A schedule in continuous time s, such as the variance-preserving SDE of Song et al. (2021), is
 * cut into steps: {@code beta_t = 1 - alpha_bar(s_t) / alpha_bar(s_{t-1})}, where alpha_bar(s) is
 * the share of the data in the variance at s.
 */
public interface NoiseSchedule {

  /** Number of denoising steps T, at least 1. */
  int steps();

  /**
   * {@code T + 1} variances in (0, 1]: entry {@code t >= 1} is that of the step from x_{t-1} to
   * x_t, entry 0 is close to 0.
   */
  double[] betas();
}
