package io.ddgan.api;

import io.ddgan.api.Parameterization.Coefficients;
import java.util.List;

/** The way from pure noise x_T to an example x_0 through a trained generator. */
public interface Sampler {

  /**
   * The evaluations of the generator, in order. The first is given pure noise, each of the others
   * what the one before it has made; the last makes the example.
   *
   * @throws RefusedException if there is no such way; the message says why
   */
  List<Step> steps(DiffusionProcess process, Parameterization parameterization);

  /**
   * One evaluation of the generator at time {@code t} in [0, T - 1], whose input has the noise of
   * {@code t + 1}, and what becomes of its output and input.
   */
  record Step(int t, Coefficients coefficients) {}
}
