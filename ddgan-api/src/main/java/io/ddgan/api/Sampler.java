package io.ddgan.api;

import io.ddgan.api.Parameterization.Coefficients;
import java.util.List;

/** The sampler steps from pure noise x_T to an example x_0 with a trained generator. */
public interface Sampler {

  /**
   * Returns the sampler steps, one generator evaluation each, in order. The first takes pure noise,
   * each other the previous output; the last returns the example.
   *
   * @throws RefusedException if the process or the parameterization is not supported
   */
  List<Step> steps(DiffusionProcess process, Parameterization parameterization);

  /**
   * A sampler step: an evaluation of the generator at time {@code t} in [0, T - 1] on an input with
   * the noise of {@code t + 1}, and the coefficients that combine its output and input.
   */
  record Step(int t, Coefficients coefficients) {}
}
