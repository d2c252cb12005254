package io.ddgan.schedules;

import io.ddgan.api.DiffusionProcess;
import java.util.Optional;

/** The generator predicts x_0; x_t is drawn from the posterior q(x_t | x_{t+1}, x_0). */
public record X0Parameterization() implements PosteriorParameterization {

  @Override
  public Optional<Coefficients> data(DiffusionProcess process, int t) {
    return Optional.of(new Coefficients(1, 0, 0));
  }
}
