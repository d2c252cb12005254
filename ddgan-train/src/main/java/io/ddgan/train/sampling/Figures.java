package io.ddgan.train.sampling;

import io.ddgan.api.DiffusionProcess.Scales;
import io.ddgan.api.ProgressListener;
import io.ddgan.api.RefusedException;
import io.ddgan.api.SampleNoise;
import io.ddgan.api.Sampler.Step;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.phase.ModelDefinition;
import io.ddgan.train.sampling.SamplingLoop.NoiseSource;
import io.ddgan.train.sampling.SamplingLoop.SamplerCallback;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Computes figures that show how a generator works. */
public final class Figures {

  private final ModelDefinition model;
  private final SamplingLoop loop;
  private final RandomStreams random;
  private final Optional<Integer> label;
  private final ProgressListener listener;
  private final int size;

  Figures(
      ModelDefinition model,
      SamplingLoop loop,
      RandomStreams random,
      Optional<Integer> label,
      ProgressListener listener) {
    this.model = model;
    this.loop = loop;
    this.random = random;
    this.label = label;
    this.listener = listener;
    this.size = model.shape().size();
  }

  /**
   * Returns intermediate states of the seed's first samples.
   *
   * @param frames maximum number of states, evenly spaced from x_T to x_0; at least 2
   * @return the states, {@code [count, ...shape]} each
   */
  public List<float[]> chain(int count, int frames) {
    int evaluations = loop.path().size();
    int shown = Math.min(frames - 1, evaluations);
    int[] times =
        IntStream.rangeClosed(0, shown).map(i -> (int) ((long) i * evaluations / shown)).toArray();
    List<float[]> states = new ArrayList<>();
    for (int i = 0; i < times.length; i++) {
      states.add(new float[count * size]);
    }
    loop.follow(
        loop.all(),
        count,
        this::sample,
        (done, first, x) -> {
          int frame = Arrays.binarySearch(times, done);
          if (frame >= 0) {
            int values = Math.min(x.length, (count - first) * size);
            System.arraycopy(x, 0, states.get(frame), first * size, values);
          }
        },
        listener);
    states.replaceAll(loop.coding()::decode);
    return states;
  }

  /**
   * Applies different latent vectors to the same input of the last sampler step, x_1, which shows
   * the modes of the denoising distribution (Xiao et al., 2022, section 5.3).
   *
   * @param latents number of latent vectors per input
   * @return rows of an input and its results, {@code [count, 1 + latents, ...shape]}
   */
  public float[] latents(int count, int latents) {
    requireLatent();
    int last = loop.path().size() - 1;
    float[] inputs =
        loop.follow(
            Arrays.copyOf(loop.all(), last), count, this::sample, SamplerCallback.NONE, listener);
    float[] results =
        loop.follow(
            new int[] {last},
            count * latents,
            i ->
                startingAt(
                    example(inputs, i / latents), draw("latents", i), sample(i / latents).label()),
            SamplerCallback.NONE,
            listener);
    return loop.coding().decode(withResults(inputs, results));
  }

  /**
   * Interpolates from the noise and the latent vectors of samples to others.
   *
   * @param steps number of samples per row, both ends included; at least 2
   * @return {@code [count, steps, ...shape]}
   */
  public float[] interpolation(int count, int steps) {
    return loop.sample(
        count * steps,
        i ->
            interpolated(
                sample(i / steps), draw("interpolation", i / steps), (i % steps) / (steps - 1.0)),
        listener);
  }

  /**
   * Diffuses a picture to a step and denoises it (SDEdit; Meng et al., 2022).
   *
   * @param step the time to diffuse to, in [1, T]; an input of one of the sampler steps
   * @return two rows, {@code [2, 1 + count, ...shape]}: the picture with its noised versions, and
   *     the picture with the denoised ones
   * @throws RefusedException if no sampler step starts at that time
   */
  public float[] fromPicture(float[] picture, int step, int count) {
    List<Step> path = loop.path();
    int from = path.stream().map(evaluation -> evaluation.t() + 1).toList().indexOf(step);
    if (from < 0) {
      throw new RefusedException(
          "no sampler step starts at time %d; choose a --start-time from %s (T = %d)"
              .formatted(step, steps(path), model.components().process().steps()));
    }
    Scales scales = model.components().process().marginal(step);
    float[] encoded = loop.coding().encode(picture);
    float[] noisy = new float[count * size];
    for (int k = 0; k < count; k++) {
      float[] noise = draw("diffusion", k).start().get();
      scales.apply(encoded, noise, noise, 0, size);
      System.arraycopy(noise, 0, noisy, k * size, size);
    }
    float[] clean =
        loop.follow(
            IntStream.range(from, path.size()).toArray(),
            count,
            k -> startingAt(example(noisy, k), sample(k), sample(k).label()),
            SamplerCallback.NONE,
            listener);
    float[] rows = Arrays.copyOf(withResults(encoded, noisy), 2 * (1 + count) * size);
    System.arraycopy(withResults(encoded, clean), 0, rows, (1 + count) * size, (1 + count) * size);
    return loop.coding().decode(rows);
  }

  private void requireLatent() {
    if (!loop.hasLatent()) {
      throw new RefusedException(
          "this generator has no latent vectors (objective.latent-distribution = none), which this figure needs");
    }
  }

  /** Lists the times at which a sampler step starts. */
  private static String steps(List<Step> path) {
    List<Integer> steps = path.stream().map(e -> e.t() + 1).distinct().sorted().toList();
    int last = steps.get(steps.size() - 1);
    if (last == steps.size()) {
      return "1 to " + last;
    }
    return steps.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private NoiseSource sample(int k) {
    return draw(SamplingLoop.SAMPLE, k);
  }

  private NoiseSource draw(String purpose, int k) {
    return loop.draw(random, purpose, k, label);
  }

  private float[] example(float[] examples, int i) {
    return Arrays.copyOfRange(examples, i * size, (i + 1) * size);
  }

  /** Puts each example before its equal share of the others. */
  private float[] withResults(float[] examples, float[] others) {
    int rows = examples.length / size;
    int share = others.length / rows;
    float[] all = new float[examples.length + others.length];
    for (int row = 0; row < rows; row++) {
      int start = row * (size + share);
      System.arraycopy(examples, row * size, all, start, size);
      System.arraycopy(others, row * share, all, start + size, share);
    }
    return all;
  }

  /** Replaces the start and the label of a source. */
  private static NoiseSource startingAt(float[] start, NoiseSource rest, IntSupplier label) {
    return new NoiseSource(() -> start, rest.latent(), rest.noise(), label);
  }

  /** Interpolates all draws spherically, which keeps their distribution. */
  private static NoiseSource interpolated(NoiseSource one, NoiseSource other, double share) {
    return new NoiseSource(
        () -> SampleNoise.slerp(one.start().get(), other.start().get(), share),
        i -> SampleNoise.slerp(one.latent().apply(i), other.latent().apply(i), share),
        i -> SampleNoise.slerp(one.noise().apply(i), other.noise().apply(i), share),
        one.label());
  }
}
