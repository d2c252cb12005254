package io.ddgan.schedules;

import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.DiffusionProcess.Scales;
import java.util.Optional;

/**
 * The generator predicts the noise epsilon in x_{t+1}. x_t is drawn from the posterior q(x_t |
 * x_{t+1}, x_0) of the implied {@code x_0 = (x_{t+1} - sqrt(1 - alpha_bar) epsilon) /
 * sqrt(alpha_bar)}.
 */
public record EpsilonParameterization() implements PosteriorParameterization {

  @Override
  public Optional<Coefficients> data(DiffusionProcess process, int t) {
    Scales scales = process.marginal(t + 1);
    return Optional.of(new Coefficients(-scales.noise() / scales.signal(), 1 / scales.signal(), 0));
  }
}
