package io.ddgan.train.step;

import io.ddgan.api.DiffusionProcess;
import io.ddgan.random.RandomStreams;
import java.util.random.RandomGenerator;

/** Everything that one network's update is given, one example after the other. */
public final class UpdateDraw {

  private final int[] times;
  private final float[] real;
  private final float[] cleaner;
  private final float[] noisier;
  private final float[] latent;
  private final float[] noise;
  private final RandomStreams random;

  /**
   * Wraps arrays, which must not be changed any more.
   *
   * @param times the cleaner time t of each example, {@code [N]}
   * @param real x_0, {@code [N, ...shape]}
   * @param cleaner real x_t, {@code [N, ...shape]}; a denoiser does not look at it
   * @param noisier x_{t+1}, what the generator is given, {@code [N, ...shape]}
   * @param latent z, {@code [N, latentSize]}
   * @param noise noise of the generated x_t, or of x_{t+1} where a denoiser is to tell it, {@code
   *     [N, ...shape]}
   * @param random draws what is left: dropout masks, and the places of a penalty
   */
  public UpdateDraw(
      int[] times,
      float[] real,
      float[] cleaner,
      float[] noisier,
      float[] latent,
      float[] noise,
      RandomStreams random) {
    this.times = times;
    this.real = real;
    this.cleaner = cleaner;
    this.noisier = noisier;
    this.latent = latent;
    this.noise = noise;
    this.random = random;
  }

  /**
   * Diffuses real examples to pairs (x_t, x_{t+1}).
   *
   * @param times the cleaner time t of each example, {@code [N]}
   * @param real x_0, {@code [N, ...shape]}
   * @param first noise of x_t, of the same length
   * @param second noise of the step to x_{t+1}, of the same length
   * @param random draws what is left
   */
  public static UpdateDraw pairs(
      DiffusionProcess process,
      int[] times,
      float[] real,
      float[] first,
      float[] second,
      float[] latent,
      float[] noise,
      RandomStreams random) {
    int size = real.length / times.length;
    float[] cleaner = new float[real.length];
    float[] noisier = new float[real.length];
    for (int i = 0; i < times.length; i++) {
      int t = times[i];
      process.fromData(t).apply(real, first, cleaner, i * size, size);
      process.fromPrevious(t + 1).apply(cleaner, second, noisier, i * size, size);
    }
    return new UpdateDraw(times, real, cleaner, noisier, latent, noise, random);
  }

  /** The same with something else that the generator is given. */
  UpdateDraw withNoisier(float[] other) {
    return new UpdateDraw(times, real, cleaner, other, latent, noise, random);
  }

  /** Diffuses real examples to x_{t+1} at once, with noise that a denoiser is to tell. */
  static UpdateDraw noisy(
      DiffusionProcess process,
      int[] times,
      float[] real,
      float[] noise,
      float[] latent,
      RandomStreams random) {
    int size = real.length / times.length;
    float[] noisier = new float[real.length];
    for (int i = 0; i < times.length; i++) {
      process.fromData(times[i] + 1).apply(real, noise, noisier, i * size, size);
    }
    return new UpdateDraw(times, real, real, noisier, latent, noise, random);
  }

  /** Points on the lines from real x_t to generated ones, uniformly, {@code [N, ...shape]}. */
  float[] between(float[] fake) {
    int size = cleaner.length / times.length;
    RandomGenerator stream = random.stream("between");
    float[] between = new float[cleaner.length];
    for (int i = 0; i < times.length; i++) {
      float share = stream.nextFloat();
      for (int j = i * size; j < (i + 1) * size; j++) {
        between[j] = share * cleaner[j] + (1 - share) * fake[j];
      }
    }
    return between;
  }

  int[] times() {
    return times;
  }

  float[] real() {
    return real;
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

  RandomStreams random() {
    return random;
  }
}
