package io.ddgan.schedules;

import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.DiffusionProcess.Posterior;
import io.ddgan.api.Parameterization;

/**
 * A parameterization whose output implies an x_0 prediction; x_t is drawn from its posterior q(x_t
 * | x_{t+1}, x_0).
 */
interface PosteriorParameterization extends Parameterization {

  @Override
  default Coefficients reverseStep(DiffusionProcess process, int t) {
    Posterior posterior = process.posterior(t);
    Coefficients estimate = data(process, t).orElseThrow();
    return new Coefficients(
        posterior.data() * estimate.output(),
        posterior.xtp1() + posterior.data() * estimate.xtp1(),
        posterior.std());
  }
}
