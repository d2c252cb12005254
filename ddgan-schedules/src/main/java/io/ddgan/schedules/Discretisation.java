package io.ddgan.schedules;

import java.util.function.DoubleBinaryOperator;
import java.util.function.IntToDoubleFunction;

/** Discretises schedules into steps. */
final class Discretisation {

  /** First time: at 0 itself a variance-preserving process has no noise at all. */
  private static final double START = 1e-3;

  /** Near-zero variance in the entry of the data. */
  private static final double DATA_BETA = 1e-8;

  private Discretisation() {}

  /** Returns the entry of the data and the betas of the steps 1 to T. */
  static double[] betas(int steps, IntToDoubleFunction beta) {
    double[] betas = new double[steps + 1];
    betas[0] = DATA_BETA;
    for (int t = 1; t <= steps; t++) {
      betas[t] = beta.applyAsDouble(t);
    }
    return betas;
  }

  /**
   * Returns the same for equally long steps of continuous time s in (0, 1].
   *
   * @param beta 1 - alpha_bar(to) / alpha_bar(from), given the ends of a step
   */
  static double[] betas(int steps, DoubleBinaryOperator beta) {
    return betas(steps, t -> beta.applyAsDouble(time(t - 1, steps), time(t, steps)));
  }

  private static double time(int t, int steps) {
    return START + (1 - START) * t / steps;
  }
}
