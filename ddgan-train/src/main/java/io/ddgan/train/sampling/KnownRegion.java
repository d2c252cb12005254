package io.ddgan.train.sampling;

import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.DiffusionProcess.Scales;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Sampler.Step;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.data.MaskedImage;
import io.ddgan.train.experiment.DataCodec;
import io.ddgan.train.phase.Gaussian;
import io.ddgan.train.sampling.SamplingLoop.SamplerCallback;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Keeps a part of an image while the rest is generated (RePaint; Lugmayr et al., 2022, algorithm
 * 1). After each sampler step the known part is replaced by the image's, diffused to the same time.
 * Before steps that are repeated, the example is diffused back.
 *
 * <p>The image is diffused in the networks' representation and decoded before its pixels are
 * copied, so the noise has the right scale in every representation. The noise of example k depends
 * on the seed, the sampler step and k alone.
 */
final class KnownRegion implements SamplerCallback {

  /** Tolerance of decoding and encoding again, for values around 1. */
  private static final double ROUNDING = 1e-3;

  private final MaskedImage image;
  private final float[] encoded;
  private final DataCodec coding;
  private final DiffusionProcess process;
  private final int[] times;
  private final int[] order;
  private final Noises noises;

  /** The source of diffusion noise, of the size of an encoded example. */
  @FunctionalInterface
  interface Noises {

    /**
     * Returns standard normal noise.
     *
     * @param done number of sampler steps done
     */
    float[] draw(String purpose, int done, int k);
  }

  /** Draws noise that depends on the seed, the purpose, the sampler step and k alone. */
  static Noises noises(RandomStreams random, int size) {
    return (purpose, done, k) ->
        Gaussian.draw(random.stream("inpainting/%s/%d".formatted(purpose, done), k), size);
  }

  /**
   * Prepares for a sampler's steps.
   *
   * @param order returns the order in which to run a number of steps
   * @throws RefusedException if there are fewer than 2 steps, or the representation is not
   *     invertible
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
          "inpainting needs at least 2 sampler steps; use a run or a sampler with more");
    }
    requireInvertible(coding);
    this.image = image;
    this.coding = coding;
    this.process = process;
    this.times = new int[path.size() + 1]; // of the input of each step, and of the result
    for (int i = 0; i < path.size(); i++) {
      times[i] = path.get(i).t() + 1;
    }
    this.order = order.apply(path.size());
    this.encoded = coding.encode(image.values());
    this.noises = noises;
  }

  /** Returns the order in which to run the steps. */
  int[] order() {
    return order.clone();
  }

  /** Replaces the known part by the image's, bit for bit. */
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
    float[] roundTrip = coding.encode(coding.decode(noise));
    for (int i = 0; i < noise.length; i++) {
      if (!(Math.abs(noise[i] - roundTrip[i]) <= ROUNDING)) {
        throw new RefusedException(
            "the representation %s is not invertible, so inpainting is not possible; use a run with another representation"
                .formatted(coding.representation()));
      }
    }
  }

  @Override
  public void reached(int done, int first, float[] x) {
    if (done == 0) {
      return; // pure noise everywhere
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

  /** Diffuses an example from one time to a later one. */
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
