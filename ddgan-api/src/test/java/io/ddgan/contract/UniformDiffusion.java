package io.ddgan.contract;

import io.ddgan.api.DiffusionProcess;

/**
 * A diffusion that keeps the same share of the signal in each step, exact in double precision.
 *
 * @param steps number of steps T
 */
record UniformDiffusion(int steps) implements DiffusionProcess {

  /** Logarithm of the remaining share of the data's variance at the end. */
  private static final double END = -8;

  @Override
  public Scales marginal(int t) {
    return scales(END * t / steps);
  }

  @Override
  public Scales transition(int t) {
    return scales(t == 0 ? 0 : END / steps);
  }

  @Override
  public Posterior posterior(int t) {
    Scales before = marginal(t);
    Scales step = transition(t + 1);
    double variance = before.noise() * before.noise();
    double beta = step.noise() * step.noise();
    double total = -Math.expm1(END * (t + 1) / steps);
    return new Posterior(
        beta * before.signal() / total,
        variance * step.signal() / total,
        Math.sqrt(variance * beta / total));
  }

  private static Scales scales(double logVariance) {
    return new Scales(Math.exp(logVariance / 2), Math.sqrt(-Math.expm1(logVariance)));
  }
}
