package io.ddgan.losses;

import io.ddgan.api.DiffusionProcess.Scales;
import io.ddgan.api.Parts;
import io.ddgan.api.ReverseStep.Coefficients;

/** What a denoiser's squared error is of. */
public enum DenoisingError {
  /** The noise epsilon, whatever the generator gives: the simple loss of Ho et al. (2020). */
  NOISE,
  /** What the generator gives, all of it alike (Salimans and Ho, 2022, section 4). */
  OUTPUT;

  /**
   * What the generator should give: {@code signal * x_0 + noise * epsilon}.
   *
   * @param t the cleaner of the two times, in [0, T - 1]
   */
  static Scales target(Parts parts, int t) {
    Coefficients epsilon = epsilon(parts, t);
    Scales scales = parts.process().fromData(t + 1);
    return new Scales(
        -epsilon.noisier() * scales.signal() / epsilon.output(),
        (1 - epsilon.noisier() * scales.noise()) / epsilon.output());
  }

  /** What the error of the generator's output is multiplied with before it is squared. */
  double scale(Parts parts, int t) {
    return this == NOISE ? epsilon(parts, t).output() : 1;
  }

  private static Coefficients epsilon(Parts parts, int t) {
    return parts.reverse().epsilon(parts.process(), t).orElseThrow();
  }
}
