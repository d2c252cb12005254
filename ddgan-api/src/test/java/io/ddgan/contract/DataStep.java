package io.ddgan.contract;

import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.DiffusionProcess.Posterior;
import io.ddgan.api.ReverseStep;
import java.util.Optional;

/** The generator estimates the data, which the posterior takes to x_t. */
record DataStep() implements ReverseStep {

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
