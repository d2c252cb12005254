package io.ddgan.api;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What one example comes from: pure noise x_T, a latent vector and fresh noise for every evaluation
 * of the generator, and a class. The same origin is the same example. The arrays are not to be
 * changed.
 *
 * @param start pure noise x_T, as the networks see it
 * @param latents the latent vector of every evaluation, in their order
 * @param noises the fresh noise of every evaluation, in their order
 * @param label the class; not looked at where the generator does not look at classes
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Origin(float[] start, List<float[]> latents, List<float[]> noises, int label) {

  /** Copies the lists. */
  public Origin {
    latents = List.copyOf(latents);
    noises = List.copyOf(noises);
  }

  /** Number of evaluations. */
  public int evaluations() {
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

  /** The same with other noise to begin with. */
  public Origin withStart(float[] start) {
    return new Origin(start, latents, noises, label);
  }

  /** The same with another latent vector in an evaluation. */
  public Origin withLatent(int evaluation, float[] latent) {
    List<float[]> changed = new ArrayList<>(latents);
    changed.set(evaluation, latent);
    return new Origin(start, changed, noises, label);
  }

  /** The same with another latent vector in every evaluation: what is made of its own. */
  public Origin withLatents(UnaryOperator<float[]> change) {
    return new Origin(start, latents.stream().map(change).toList(), noises, label);
  }

  /**
   * An origin between this and another, of this one's class. All numbers are turned from the one's
   * to the other's, which keeps their distribution.
   *
   * @param share 0 for this, 1 for the other
   * @throws RefusedException if the other is none of the same model
   */
  public Origin between(Origin other, double share) {
    return new Origin(
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
   * Normal numbers between two, turned so that they stay standard normal: a quarter of a circle.
   *
   * @param share 0 for the first, 1 for the second
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
