package io.ddgan.schedules;

import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.Parameterization;
import io.ddgan.api.Parameterization.Coefficients;
import io.ddgan.api.RefusedException;

/**
 * Predictions of x_0 and epsilon in x_{t+1} = signal * x_0 + noise * epsilon, as affine maps of the
 * generator's output and x_{t+1}.
 */
record DataEstimate(Coefficients data, Coefficients epsilon) {

  /**
   * Returns the predictions at a time.
   *
   * @param t time of x_t, in [0, T - 1]
   * @throws RefusedException if the output implies no x_0 prediction
   */
  static DataEstimate at(DiffusionProcess process, Parameterization parameterization, int t) {
    return new DataEstimate(
        parameterization.data(process, t).orElseThrow(DataEstimate::none),
        parameterization.epsilon(process, t).orElseThrow(DataEstimate::none));
  }

  private static RefusedException none() {
    return new RefusedException(
        "this sampler needs a generator that predicts x_0, the noise or v; set sampler.type = ancestral, or train with parameterization.type = x0, epsilon or v");
  }

  /** {@code data * x_0 + epsilon * epsilon' + noise * fresh noise}. */
  Coefficients combine(double dataScale, double epsilonScale, double noise) {
    return new Coefficients(
        dataScale * data.output() + epsilonScale * epsilon.output(),
        dataScale * data.xtp1() + epsilonScale * epsilon.xtp1(),
        noise);
  }
}
