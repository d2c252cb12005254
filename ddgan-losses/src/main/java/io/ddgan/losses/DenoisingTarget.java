package io.ddgan.losses;

import io.ddgan.api.DiffusionProcess.Scales;
import io.ddgan.api.ObjectiveComponents;
import io.ddgan.api.Parameterization.Coefficients;

/** The target of a denoiser's squared error. */
public enum DenoisingTarget {
  /** The noise epsilon, for every parameterization: the simple loss of Ho et al. (2020). */
  EPSILON,
  /** The generator's output, unweighted (Salimans and Ho, 2022, section 4). */
  OUTPUT;

  /**
   * Returns the target of the generator's output: {@code signal * x_0 + noise * epsilon}.
   *
   * @param t time of x_t, in [0, T - 1]
   */
  static Scales output(ObjectiveComponents components, int t) {
    Coefficients epsilon = epsilon(components, t);
    Scales scales = components.process().marginal(t + 1);
    return new Scales(
        -epsilon.xtp1() * scales.signal() / epsilon.output(),
        (1 - epsilon.xtp1() * scales.noise()) / epsilon.output());
  }

  /** Returns the factor of the output's error before it is squared. */
  double scale(ObjectiveComponents components, int t) {
    return this == EPSILON ? epsilon(components, t).output() : 1;
  }

  private static Coefficients epsilon(ObjectiveComponents components, int t) {
    return components.parameterization().epsilon(components.process(), t).orElseThrow();
  }
}
