package io.ddgan.api;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The random inputs of one example: pure noise x_T in the networks' shape, a latent vector and
 * fresh noise for every evaluation of the generator, in order, and a class. They determine the
 * example. The arrays must not be changed.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
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

  /** Returns a copy with another latent vector in an evaluation. */
  public SampleNoise withLatent(int evaluation, float[] latent) {
    List<float[]> changed = new ArrayList<>(latents);
    changed.set(evaluation, latent);
    return new SampleNoise(start, changed, noises, label);
  }

  /** Returns a copy with every latent vector transformed. */
  public SampleNoise withLatents(UnaryOperator<float[]> change) {
    return new SampleNoise(start, latents.stream().map(change).toList(), noises, label);
  }

  /**
   * Interpolates spherically from this noise, at share 0, to another, at 1, with this one's class.
   * This keeps the distribution of the numbers.
   */
  public SampleNoise interpolate(SampleNoise other, double share) {
    return new SampleNoise(
        slerp(start, other.start, share),
        slerp(latents, other.latents, share),
        slerp(noises, other.noises, share),
        label);
  }

  private static List<float[]> slerp(List<float[]> from, List<float[]> to, double share) {
    requireAlike(from.size(), to.size());
    List<float[]> all = new ArrayList<>();
    for (int i = 0; i < from.size(); i++) {
      all.add(slerp(from.get(i), to.get(i), share));
    }
    return all;
  }

  /**
   * Interpolates spherically between two arrays of independent standard normal numbers, from share
   * 0 to 1. The results are standard normal.
   */
  public static float[] slerp(float[] from, float[] to, double share) {
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
      throw new RefusedException("noise of different models cannot be interpolated");
    }
  }
}
