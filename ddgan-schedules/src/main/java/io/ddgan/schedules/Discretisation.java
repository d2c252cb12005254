package io.ddgan.schedules;

import java.util.function.DoubleBinaryOperator;

/** Cuts continuous time s in (0, 1] into T steps. */
final class Discretisation {

  /** Where time begins: at 0 itself a variance-preserving process has no noise at all. */
  private static final double START = 1e-3;

  /** Variance that stands for "no noise" in the entry of the data. */
  static final double DATA_BETA = 1e-8;

  private Discretisation() {}

  /**
   * Betas of equally long steps.
   *
   * @param steps number of steps T
   * @param beta variance that the noise adds between two times, {@code 1 - alpha_bar(to) /
   *     alpha_bar(from)}
   * @return {@code T + 1} values, the first of them for the data
   */
  static double[] betas(int steps, DoubleBinaryOperator beta) {
    double[] betas = new double[steps + 1];
    betas[0] = DATA_BETA;
    for (int t = 1; t <= steps; t++) {
      betas[t] = beta.applyAsDouble(time(t - 1, steps), time(t, steps));
    }
    return betas;
  }

  private static double time(int t, int steps) {
    return START + (1 - START) * t / steps;
  }
}
