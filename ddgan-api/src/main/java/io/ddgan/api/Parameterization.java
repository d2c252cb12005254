package io.ddgan.api;

import java.util.Optional;

/**
 * The map from the generator's output and x_{t+1} to x_t: an affine map with coefficients that
 * depend on the time only. Training, where gradients flow through the map, and sampling use the
 * same coefficients.
 *
 * <pre>{@code x_t = output * G(x_{t+1}, z, t) + xtp1 * x_{t+1} + noise * epsilon}</pre>
 *
 * <p>In denoising diffusion GANs the output is an estimate of x_0, and x_t is drawn from the
 * posterior of {@link DiffusionProcess} (Xiao et al., 2022, section 3.2):
 *
 * <pre>{@code p(x_t | x_{t+1}) = integral of p(z) q(x_t | x_{t+1}, x_0 = G(x_{t+1}, z, t)) dz}
 * </pre>
 *
 * <p>A generator that predicts the noise implies {@code x_0 = (x_{t+1} - sqrt(1 - alpha_bar_{t+1})
 * epsilon) / sqrt(alpha_bar_{t+1})} (Ho et al., 2020, equation 15). The papers count the same step
 * as t + 1; here its time is t.
 */
public interface Parameterization {

  /** The coefficients of the step from x_{t+1} to x_t, for t in [0, T - 1]. */
  Coefficients reverseStep(DiffusionProcess process, int t);

  /**
   * The coefficients of the x_0 prediction implied by the output, without noise. Empty if there is
   * none; such a generator cannot be trained as a denoiser or with a reconstruction term.
   */
  default Optional<Coefficients> data(DiffusionProcess process, int t) {
    return Optional.empty();
  }

  /**
   * The coefficients of the prediction of epsilon in {@code x_{t+1} = signal * x_0 + noise *
   * epsilon}, derived from the x_0 prediction.
   */
  default Optional<Coefficients> epsilon(DiffusionProcess process, int t) {
    DiffusionProcess.Scales scales = process.marginal(t + 1);
    double share = scales.signal() / scales.noise();
    return data(process, t)
        .map(
            data ->
                new Coefficients(
                    -share * data.output(), 1 / scales.noise() - share * data.xtp1(), 0));
  }

  /** {@code x_t = output * G(x_{t+1}, z, t) + xtp1 * x_{t+1} + noise * epsilon}. */
  record Coefficients(double output, double xtp1, double noise) {}
}
