package io.ddgan.api;

/**
 * The forward process q and its posterior under a noise schedule. Times run from 0, the data, to
 * {@link #steps()}, which is close to pure noise.
 *
 * <p>With the betas of a {@link NoiseSchedule}, {@code alpha_t = 1 - beta_t} and alpha_bar_t, the
 * product of alpha_1 to alpha_t (Ho et al., 2020, equations 2, 4, 6 and 7; Xiao et al., 2022,
 * section 2):
 *
 * <pre>{@code
 * q(x_t | x_{t-1})      = N(sqrt(alpha_t) x_{t-1}, beta_t I)
 * q(x_t | x_0)          = N(sqrt(alpha_bar_t) x_0, (1 - alpha_bar_t) I)
 * q(x_t | x_{t+1}, x_0) = N(m, v I), where
 *   m = sqrt(alpha_bar_t) beta_{t+1} / (1 - alpha_bar_{t+1}) x_0
 *     + sqrt(alpha_{t+1}) (1 - alpha_bar_t) / (1 - alpha_bar_{t+1}) x_{t+1}
 *   v = beta_{t+1} (1 - alpha_bar_t) / (1 - alpha_bar_{t+1})
 * }</pre>
 *
 * <p>The papers write the posterior for the step from x_t to x_{t-1}; here the step from x_{t+1} to
 * x_t has the time t.
 */
public interface DiffusionProcess {

  /** Number of denoising steps T, at least 1. */
  int steps();

  /** Scales of q(x_t | x_0) for {@code t} in [0, T]. */
  Scales marginal(int t);

  /** Scales of q(x_t | x_{t-1}) for {@code t} in [0, T]. */
  Scales transition(int t);

  /** The Gaussian posterior q(x_t | x_{t+1}, x_0), for {@code t} in [0, T - 1]. */
  Posterior posterior(int t);

  /** {@code signal * x + noise * epsilon} with standard normal epsilon. */
  record Scales(double signal, double noise) {

    /**
     * Diffuses {@code length} elements from {@code offset} on in all three arrays; {@code out} may
     * be {@code x}.
     */
    public void apply(float[] x, float[] epsilon, float[] out, int offset, int length) {
      float a = (float) signal;
      float s = (float) noise;
      for (int i = offset; i < offset + length; i++) {
        out[i] = a * x[i] + s * epsilon[i];
      }
    }
  }

  /**
   * Mean {@code data * x_0 + xtp1 * x_{t+1}} and standard deviation of the posterior, which is 0 at
   * t = 0.
   */
  record Posterior(double data, double xtp1, double std) {}
}
