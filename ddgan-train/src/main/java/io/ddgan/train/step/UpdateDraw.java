package io.ddgan.train.step;

import io.ddgan.api.DiffusionProcess;
import io.ddgan.random.RandomStreams;

/** Everything that one network's update is given, one example after the other. */
public final class UpdateDraw {

  private final int[] times;
  private final float[] cleaner;
  private final float[] noisier;
  private final float[] latent;
  private final float[] noise;
  private final RandomStreams dropout;

  /**
   * Wraps arrays, which must not be changed any more.
   *
   * @param times the cleaner time t of each example, {@code [N]}
   * @param cleaner real x_t, {@code [N, ...shape]}
   * @param noisier x_{t+1}, diffused from it, {@code [N, ...shape]}
   * @param latent z, {@code [N, latentSize]}
   * @param noise noise of the generated x_t, {@code [N, ...shape]}
   * @param dropout draws the dropout masks
   */
  public UpdateDraw(
      int[] times,
      float[] cleaner,
      float[] noisier,
      float[] latent,
      float[] noise,
      RandomStreams dropout) {
    this.times = times;
    this.cleaner = cleaner;
    this.noisier = noisier;
    this.latent = latent;
    this.noise = noise;
    this.dropout = dropout;
  }

  /**
   * Diffuses real examples to pairs (x_t, x_{t+1}).
   *
   * @param times the cleaner time t of each example, {@code [N]}
   * @param real x_0, {@code [N, ...shape]}
   * @param first noise of x_t, of the same length
   * @param second noise of the step to x_{t+1}, of the same length
   * @param dropout draws the dropout masks
   */
  public static UpdateDraw diffuse(
      DiffusionProcess process,
      int[] times,
      float[] real,
      float[] first,
      float[] second,
      float[] latent,
      float[] noise,
      RandomStreams dropout) {
    int size = real.length / times.length;
    float[] cleaner = new float[real.length];
    float[] noisier = new float[real.length];
    for (int i = 0; i < times.length; i++) {
      int t = times[i];
      process.fromData(t).apply(real, first, cleaner, i * size, size);
      process.fromPrevious(t + 1).apply(cleaner, second, noisier, i * size, size);
    }
    return new UpdateDraw(times, cleaner, noisier, latent, noise, dropout);
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

  RandomStreams dropout() {
    return dropout;
  }
}
