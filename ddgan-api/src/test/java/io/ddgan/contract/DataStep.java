package io.ddgan.contract;

import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.DiffusionProcess.Posterior;
import io.ddgan.api.Parameterization;
import java.util.Optional;

/** The generator predicts x_0, from which the posterior gives x_t. */
record DataStep() implements Parameterization {

  @Override
  public Coefficients reverseStep(DiffusionProcess process, int t) {
    Posterior posterior = process.posterior(t);
    return new Coefficients(posterior.data(), posterior.xtp1(), posterior.std());
  }

  @Override
  public Optional<Coefficients> data(DiffusionProcess process, int t) {
    return Optional.of(new Coefficients(1, 0, 0));
  }
}
