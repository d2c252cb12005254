package io.ddgan.api;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What one example comes from: pure noise x_T as the networks see it, a latent vector and fresh
 * noise for every evaluation of the generator, in order, and a class. The same origin is the same
 * example. The arrays are not to be changed.
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record SampleNoise(float[] start, List<float[]> latents, List<float[]> noises, int label) {

  public SampleNoise {
    latents = List.copyOf(latents);
    noises = List.copyOf(noises);
  }

  /** Number of evaluations. */
  public int networkEvaluations() {
    return latents.size();
  }

  /** The latent vector of an evaluation, counted from 0. */
  public float[] latent(int evaluation) {
    return latents.get(evaluation);
  }

  /** The fresh noise of an evaluation, counted from 0. */
  public float[] noise(int evaluation) {
    return noises.get(evaluation);
  }

  /** The same with another latent vector in an evaluation. */
  public SampleNoise withLatent(int evaluation, float[] latent) {
    List<float[]> changed = new ArrayList<>(latents);
    changed.set(evaluation, latent);
    return new SampleNoise(start, changed, noises, label);
  }

  /** The same with another latent vector in every evaluation: what is made of its own. */
  public SampleNoise withLatents(UnaryOperator<float[]> change) {
    return new SampleNoise(start, latents.stream().map(change).toList(), noises, label);
  }

  /**
   * An origin from this, at share 0, to another, at 1, of this one's class. All numbers are turned,
   * which keeps their distribution.
   */
  public SampleNoise between(SampleNoise other, double share) {
    return new SampleNoise(
        turned(start, other.start, share),
        turned(latents, other.latents, share),
        turned(noises, other.noises, share),
        label);
  }

  private static List<float[]> turned(List<float[]> from, List<float[]> to, double share) {
    requireAlike(from.size(), to.size());
    List<float[]> all = new ArrayList<>();
    for (int i = 0; i < from.size(); i++) {
      all.add(turned(from.get(i), to.get(i), share));
    }
    return all;
  }

  /**
   * Normal numbers from the first, at share 0, to the second, at 1, turned by a quarter of a
   * circle, so that they stay standard normal.
   */
  public static float[] turned(float[] from, float[] to, double share) {
    requireAlike(from.length, to.length);
    double angle = share * Math.PI / 2;
    float[] between = new float[from.length];
    for (int i = 0; i < between.length; i++) {
      between[i] = (float) (Math.cos(angle) * from[i] + Math.sin(angle) * to[i]);
    }
    return between;
  }

  private static void requireAlike(int one, int other) {
    if (one != other) {
      throw new RefusedException("origins of different models cannot be interpolated");
    }
  }
}
