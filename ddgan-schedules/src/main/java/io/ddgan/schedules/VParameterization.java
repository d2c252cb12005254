package io.ddgan.schedules;

import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.DiffusionProcess.Scales;
import java.util.Optional;

/**
 * The generator gives the velocity {@code v = sqrt(alpha_bar) epsilon - sqrt(1 - alpha_bar) x_0} of
 * x_{t+1} (Salimans and Ho, 2022, appendix D); x_t is drawn from the posterior q(x_t | x_{t+1},
 * x_0) of the data {@code x_0 = sqrt(alpha_bar) x_{t+1} - sqrt(1 - alpha_bar) v} that this implies.
 * Unlike that of the noise, its error is not multiplied where little of x_0 is left.
 */
public record VParameterization() implements PosteriorParameterization {

  @Override
  public Optional<Coefficients> data(DiffusionProcess process, int t) {
    Scales scales = process.marginal(t + 1);
    return Optional.of(new Coefficients(-scales.noise(), scales.signal(), 0));
  }
}
