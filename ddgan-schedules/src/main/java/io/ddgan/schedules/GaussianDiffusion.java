package io.ddgan.schedules;

import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.NoiseSchedule;
import io.ddgan.api.RefusedException;

/**
 * The forward process of Gaussian steps, {@code q(x_t | x_{t-1}) = N(sqrt(1 - beta_t) x_{t-1},
 * beta_t I)}.
 *
 * <p>The coefficients are rounded to single precision where the authors' implementation rounds
 * them. The remaining signal after a large last step is a difference of nearly equal numbers, so a
 * more precise value would differ visibly from that of the published networks' training.
 */
public final class GaussianDiffusion implements DiffusionProcess {

  private final float[] betas;
  private final float[] alphaBars;
  private final float[] signals;

  /** Tabulates the coefficients of a schedule, which must have T + 1 variances in (0, 1]. */
  public GaussianDiffusion(NoiseSchedule schedule) {
    betas = singles(schedule);
    alphaBars = new float[betas.length];
    signals = new float[betas.length];
    alphaBars[0] = 1;
    signals[0] = 1;
    double alphaBar = 1;
    double signal = 1;
    for (int t = 1; t < betas.length; t++) {
      alphaBar *= 1 - betas[t];
      signal *= root(1 - betas[t]);
      alphaBars[t] = (float) alphaBar;
      signals[t] = (float) signal;
    }
  }

  private static float[] singles(NoiseSchedule schedule) {
    double[] betas = schedule.betas();
    if (betas.length != schedule.steps() + 1) {
      throw new IllegalArgumentException(
          "a schedule of %d steps must give %d betas, not %d"
              .formatted(schedule.steps(), schedule.steps() + 1, betas.length));
    }
    float[] singles = new float[betas.length];
    for (int t = 0; t < betas.length; t++) {
      if (!(betas[t] > 0 && betas[t] <= 1)) {
        throw new RefusedException(
            "beta of step %d must be in (0, 1], found %s".formatted(t, betas[t]));
      }
      singles[t] = (float) betas[t];
    }
    return singles;
  }

  @Override
  public int steps() {
    return betas.length - 1;
  }

  @Override
  public Scales marginal(int t) {
    float signal = signals[t];
    return new Scales(signal, root(1 - signal * signal));
  }

  @Override
  public Scales transition(int t) {
    return new Scales(root(1 - betas[t]), root(betas[t]));
  }

  @Override
  public Posterior posterior(int t) {
    float beta = betas[t + 1];
    float noiseBefore = 1 - alphaBars[t];
    float noiseAfter = 1 - alphaBars[t + 1];
    return new Posterior(
        beta * root(alphaBars[t]) / noiseAfter,
        noiseBefore * root(1 - beta) / noiseAfter,
        root(beta * noiseBefore / noiseAfter));
  }

  private static float root(float x) {
    return (float) Math.sqrt(x);
  }
}
