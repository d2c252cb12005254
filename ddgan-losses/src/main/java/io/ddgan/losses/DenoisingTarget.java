package io.ddgan.losses;

import io.ddgan.api.DiffusionProcess.Scales;
import io.ddgan.api.ExperimentComponents;
import io.ddgan.api.Parameterization.Coefficients;

/** What a denoiser's squared error is of. */
public enum DenoisingTarget {
  /** The noise epsilon, whatever the generator gives: the simple loss of Ho et al. (2020). */
  EPSILON,
  /** What the generator gives, all of it alike (Salimans and Ho, 2022, section 4). */
  OUTPUT;

  /**
   * What the generator should give: {@code signal * x_0 + noise * epsilon}.
   *
   * @param t the cleaner of the two times, in [0, T - 1]
   */
  static Scales output(ExperimentComponents components, int t) {
    Coefficients epsilon = epsilon(components, t);
    Scales scales = components.process().marginal(t + 1);
    return new Scales(
        -epsilon.xtp1() * scales.signal() / epsilon.output(),
        (1 - epsilon.xtp1() * scales.noise()) / epsilon.output());
  }

  /** What the error of the generator's output is multiplied with before it is squared. */
  double scale(ExperimentComponents components, int t) {
    return this == EPSILON ? epsilon(components, t).output() : 1;
  }

  private static Coefficients epsilon(ExperimentComponents components, int t) {
    return components.parameterization().epsilon(components.process(), t).orElseThrow();
  }
}
