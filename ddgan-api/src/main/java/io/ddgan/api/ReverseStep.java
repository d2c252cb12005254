package io.ddgan.api;

/**
 * How the generator's output becomes x_t, given x_{t+1}: an affine map whose coefficients depend on
 * the time alone, so that the same few numbers serve training, where gradients flow through the
 * map, and sampling.
 */
public interface ReverseStep {

  /**
   * The coefficients of the step from x_{t+1} to x_t.
   *
   * @param process the forward process to be reversed
   * @param t the cleaner of the two times, in [0, T - 1]
   */
  Coefficients at(DiffusionProcess process, int t);

  /** {@code x_t = output * G(x_{t+1}, z, t) + noisy * x_{t+1} + noise * epsilon}. */
  record Coefficients(double output, double noisy, double noise) {}
}
