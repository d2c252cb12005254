package io.ddgan.schedules;

import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.DiffusionProcess.Posterior;
import io.ddgan.api.ReverseStep;
import java.util.Optional;

/** The generator gives the data x_0; x_t is drawn from the posterior q(x_t | x_{t+1}, x_0). */
public record PosteriorStep() implements ReverseStep {

  @Override
  public Coefficients at(DiffusionProcess process, int t) {
    Posterior posterior = process.posterior(t);
    return new Coefficients(posterior.data(), posterior.noisier(), posterior.deviation());
  }

  @Override
  public Optional<Coefficients> data(DiffusionProcess process, int t) {
    return Optional.of(new Coefficients(1, 0, 0));
  }
}
