package io.ddgan.schedules;

import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.DiffusionProcess.Scales;
import java.util.Optional;

/**
 * The generator predicts the velocity {@code v = sqrt(alpha_bar) epsilon - sqrt(1 - alpha_bar) x_0}
 * of x_{t+1} (Salimans and Ho, 2022, appendix D). x_t is drawn from the posterior q(x_t | x_{t+1},
 * x_0) of the implied {@code x_0 = sqrt(alpha_bar) x_{t+1} - sqrt(1 - alpha_bar) v}. Unlike with
 * noise prediction, errors are not amplified at high noise levels.
 */
public record VParameterization() implements PosteriorParameterization {

  @Override
  public Optional<Coefficients> data(DiffusionProcess process, int t) {
    Scales scales = process.marginal(t + 1);
    return Optional.of(new Coefficients(-scales.noise(), scales.signal(), 0));
  }
}
