package io.ddgan.train.sampling;

import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.DiffusionProcess.Scales;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Sampler.Step;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.data.MaskedImage;
import io.ddgan.train.experiment.DataCodec;
import io.ddgan.train.phase.Gaussian;
import io.ddgan.train.sampling.SamplingLoop.Waypoint;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Keeps a part of an image while the rest is generated (Lugmayr et al., 2022, algorithm 1): after
 * each evaluation the part that is known is replaced by that of the image, diffused to where the
 * example is; before evaluations that are repeated, the example is diffused back.
 *
 * <p>Parts are parts of decoded images. What replaces them is decoded from the diffused image in
 * the form that the networks see, so that its noise is that of the diffusion whatever the
 * representation. The noise of example k is a function of the seed, the evaluation and k alone.
 */
final class KnownRegion implements Waypoint {

  /** What a representation may change by decoding and encoding, of numbers around 1. */
  private static final double ROUNDING = 1e-3;

  private final MaskedImage image;
  private final float[] encoded;
  private final DataCodec coding;
  private final DiffusionProcess process;
  private final int[] times;
  private final int[] order;
  private final Noises noises;

  /** Gives the noise that parts are diffused with, each of the size of an encoded example. */
  @FunctionalInterface
  interface Noises {

    /**
     * Standard normal noise.
     *
     * @param done how many evaluations are done
     */
    float[] draw(String purpose, int done, int k);
  }

  /** Noise that is a function of the seed, the purpose, the evaluation and k alone. */
  static Noises noises(RandomStreams random, int size) {
    return (purpose, done, k) ->
        Gaussian.draw(random.stream("inpainting/%s/%d".formatted(purpose, done), k), size);
  }

  /**
   * Prepares a path.
   *
   * @param order of the number of the path's evaluations, the order in which they are done
   * @throws RefusedException if nothing can be kept on such a path; the message says why
   */
  KnownRegion(
      MaskedImage image,
      DataCodec coding,
      DiffusionProcess process,
      List<Step> path,
      IntFunction<int[]> order,
      Noises noises) {
    if (path.size() < 2) {
      throw new RefusedException(
          "examples of one evaluation of the generator are made at once and cannot be made to suit a picture; take a run, or a sampler, of two steps or more");
    }
    requireInvertible(coding);
    this.image = image;
    this.coding = coding;
    this.process = process;
    this.times = new int[path.size() + 1]; // of the input of each evaluation, and of the result
    for (int i = 0; i < path.size(); i++) {
      times[i] = path.get(i).t() + 1;
    }
    this.order = order.apply(path.size());
    this.encoded = coding.encode(image.values());
    this.noises = noises;
  }

  /** The order in which the path's evaluations are done. */
  int[] order() {
    return order.clone();
  }

  /** Examples of which the known part is the image's, to the last bit. */
  float[] kept(float[] examples) {
    float[] all = examples.clone();
    int size = image.values().length;
    for (int start = 0; start < all.length; start += size) {
      float[] one = Arrays.copyOfRange(all, start, start + size);
      System.arraycopy(image.with(image.values(), one), 0, all, start, size);
    }
    return all;
  }

  private static void requireInvertible(DataCodec coding) {
    float[] noise =
        Gaussian.draw(new RandomStreams(0).stream("invertible"), coding.encoded().size());
    float[] again = coding.encode(coding.decode(noise));
    for (int i = 0; i < noise.length; i++) {
      if (!(Math.abs(noise[i] - again[i]) <= ROUNDING)) {
        throw new RefusedException(
            "the representation %s loses what is not an image, so that no part of it can be kept; use --mask with a run of another representation"
                .formatted(coding.representation()));
      }
    }
  }

  @Override
  public void reached(int done, int first, float[] x) {
    if (done == 0) {
      return; // pure noise, for all of the image
    }
    int size = encoded.length;
    int here = order[done - 1] + 1;
    int next = done < order.length ? order[done] : here;
    for (int i = 0; i < x.length / size; i++) {
      float[] example = Arrays.copyOfRange(x, i * size, (i + 1) * size);
      float[] kept = times[here] == 0 ? example : known(example, times[here], done, first + i);
      float[] set = next < here ? back(kept, here, next, done, first + i) : kept;
      System.arraycopy(set, 0, x, i * size, size);
    }
  }

  private float[] known(float[] example, int time, int done, int k) {
    float[] diffused = noises.draw("known", done, k);
    process.marginal(time).apply(encoded, diffused, diffused, 0, diffused.length);
    return coding.encode(image.with(coding.decode(diffused), coding.decode(example)));
  }

  /** The way of the forward process between two times, of which there may be others between. */
  private float[] back(float[] example, int from, int to, int done, int k) {
    Scales before = process.marginal(times[from]);
    Scales after = process.marginal(times[to]);
    double signal = after.signal() / before.signal();
    double carried = signal * before.noise();
    double fresh = Math.sqrt(Math.max(0, after.noise() * after.noise() - carried * carried));
    float[] diffused = noises.draw("back", done, k);
    new Scales(signal, fresh).apply(example, diffused, diffused, 0, diffused.length);
    return diffused;
  }
}
