package io.ddgan.train.step;

/** Everything that one network's update is given, one example after the other. */
public final class UpdateDraw {

  private final int[] times;
  private final float[] cleaner;
  private final float[] noisier;
  private final float[] latent;
  private final float[] noise;

  /**
   * Wraps arrays, which must not be changed any more.
   *
   * @param times the cleaner time t of each example, {@code [N]}
   * @param cleaner real x_t, {@code [N, ...shape]}
   * @param noisier x_{t+1}, diffused from it, {@code [N, ...shape]}
   * @param latent z, {@code [N, latentSize]}
   * @param noise noise of the generated x_t, {@code [N, ...shape]}
   */
  public UpdateDraw(int[] times, float[] cleaner, float[] noisier, float[] latent, float[] noise) {
    this.times = times;
    this.cleaner = cleaner;
    this.noisier = noisier;
    this.latent = latent;
    this.noise = noise;
  }

  int[] times() {
    return times;
  }

  float[] cleaner() {
    return cleaner;
  }

  float[] noisier() {
    return noisier;
  }

  float[] latent() {
    return latent;
  }

  float[] noise() {
    return noise;
  }
}
