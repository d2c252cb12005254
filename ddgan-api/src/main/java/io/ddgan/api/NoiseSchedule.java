package io.ddgan.api;

/**
 * The variances beta_t of the noise that the few, large diffusion steps add:
 *
 * <pre>{@code q(x_t | x_{t-1}) = N(sqrt(1 - beta_t) x_{t-1}, beta_t I)}</pre>
 *
 * (Ho et al., 2020, equation 2; Xiao et al., 2022, section 2). With few steps T the betas are
 * large. The true q(x_t | x_{t+1}) is then far from Gaussian, so a GAN models it (Xiao et al.,
 * section 3.1).
 *
 * <p>A schedule in continuous time s, such as the variance-preserving SDE of Song et al. (2021), is
 * discretised: {@code beta_t = 1 - alpha_bar(s_t) / alpha_bar(s_{t-1})}, where alpha_bar(s) is the
 * share of the data in the variance at s.
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
