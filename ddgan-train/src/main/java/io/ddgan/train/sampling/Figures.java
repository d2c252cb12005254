package io.ddgan.train.sampling;

import io.ddgan.api.DiffusionProcess.Scales;
import io.ddgan.api.ProgressListener;
import io.ddgan.api.RefusedException;
import io.ddgan.api.SampleNoise;
import io.ddgan.api.Sampler.Step;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.phase.ModelDefinition;
import io.ddgan.train.sampling.SamplingLoop.Cell;
import io.ddgan.train.sampling.SamplingLoop.Waypoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Examples that show how a generator works, rather than what it makes. */
public final class Figures {

  private final ModelDefinition model;
  private final SamplingLoop synthesis;
  private final RandomStreams random;
  private final Optional<Integer> label;
  private final ProgressListener listener;
  private final int size;

  Figures(
      ModelDefinition model,
      SamplingLoop synthesis,
      RandomStreams random,
      Optional<Integer> label,
      ProgressListener listener) {
    this.model = model;
    this.synthesis = synthesis;
    this.random = random;
    this.label = label;
    this.listener = listener;
    this.size = model.shape().size();
  }

  /**
   * The first samples of the seed on their way from noise.
   *
   * @param frames how many of the states at most, evenly spread from x_T to x_0; at least 2
   * @return states, {@code [count, ...shape]} each
   */
  public List<float[]> chain(int count, int frames) {
    int evaluations = synthesis.path().size();
    int shown = Math.min(frames - 1, evaluations);
    int[] times =
        IntStream.rangeClosed(0, shown).map(i -> (int) ((long) i * evaluations / shown)).toArray();
    List<float[]> states = new ArrayList<>();
    for (int i = 0; i < times.length; i++) {
      states.add(new float[count * size]);
    }
    synthesis.follow(
        synthesis.all(),
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
    states.replaceAll(synthesis.coding()::decode);
    return states;
  }

  /**
   * What different latent vectors make of the same input of the last evaluation, which is x_1 on a
   * chain: how many modes the step has (Xiao et al., 2022, section 5.3).
   *
   * @param latents how many latent vectors for each of them
   * @return rows of an input and what became of it, {@code [count, 1 + latents, ...shape]}
   */
  public float[] latents(int count, int latents) {
    requireLatent();
    int last = synthesis.path().size() - 1;
    float[] inputs =
        synthesis.follow(
            Arrays.copyOf(synthesis.all(), last), count, this::sample, Waypoint.NONE, listener);
    float[] results =
        synthesis.follow(
            new int[] {last},
            count * latents,
            i ->
                begun(
                    example(inputs, i / latents), drawn("latents", i), sample(i / latents).label()),
            Waypoint.NONE,
            listener);
    return synthesis.coding().decode(beside(inputs, results));
  }

  /**
   * Samples on the way from one sample's latent vectors to others, with the same noise.
   *
   * @param steps how many samples of each, both ends included; at least 2
   * @return {@code [count, steps, ...shape]}
   */
  public float[] interpolation(int count, int steps) {
    requireLatent();
    return synthesis.sample(
        count * steps,
        i ->
            turned(
                sample(i / steps), drawn("interpolation", i / steps), (i % steps) / (steps - 1.0)),
        listener);
  }

  /**
   * A picture diffused to a step and denoised again, the recipe of Meng et al. (2022).
   *
   * @param step the step K, in [1, T], that the sampler's path comes by
   * @return two rows: the picture and what it was diffused to, the picture and what became of that,
   *     {@code [2, 1 + count, ...shape]}
   * @throws IllegalArgumentException if it comes by no such step; the message says what can be done
   */
  public float[] fromPicture(float[] picture, int step, int count) {
    List<Step> path = synthesis.path();
    int from = path.stream().map(evaluation -> evaluation.t() + 1).toList().indexOf(step);
    if (from < 0) {
      throw new RefusedException(
          "the sampler does not stop at step %d, only at %s of %d"
              .formatted(step, steps(path), model.components().process().steps()));
    }
    Scales scales = model.components().process().marginal(step);
    float[] encoded = synthesis.coding().encode(picture);
    float[] noisy = new float[count * size];
    for (int k = 0; k < count; k++) {
      float[] noise = drawn("diffusion", k).start().get();
      scales.apply(encoded, noise, noise, 0, size);
      System.arraycopy(noise, 0, noisy, k * size, size);
    }
    float[] clean =
        synthesis.follow(
            IntStream.range(from, path.size()).toArray(),
            count,
            k -> begun(example(noisy, k), sample(k), sample(k).label()),
            Waypoint.NONE,
            listener);
    float[] rows = Arrays.copyOf(beside(encoded, noisy), 2 * (1 + count) * size);
    System.arraycopy(beside(encoded, clean), 0, rows, (1 + count) * size, (1 + count) * size);
    return synthesis.coding().decode(rows);
  }

  private void requireLatent() {
    if (!synthesis.hasLatent()) {
      throw new RefusedException(
          "this generator has no latent vectors (objective.latent = none), which the figure is about");
    }
  }

  /** The steps that a path comes by, in words. */
  private static String steps(List<Step> path) {
    List<Integer> steps = path.stream().map(e -> e.t() + 1).distinct().sorted().toList();
    int last = steps.get(steps.size() - 1);
    if (last == steps.size()) {
      return "1 to " + last;
    }
    return steps.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private Cell sample(int k) {
    return drawn(SamplingLoop.SAMPLE, k);
  }

  private Cell drawn(String purpose, int k) {
    return synthesis.drawn(random, purpose, k, label);
  }

  private float[] example(float[] examples, int i) {
    return Arrays.copyOfRange(examples, i * size, (i + 1) * size);
  }

  /** Each of some examples, followed by its share of others. */
  private float[] beside(float[] examples, float[] others) {
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

  /** Begins with an example of a class; the rest is drawn. */
  private static Cell begun(float[] start, Cell rest, IntSupplier label) {
    return new Cell(() -> start, rest.latent(), rest.noise(), label);
  }

  /** Latent vectors that are turned from one's to the other's, which keeps their distribution. */
  private static Cell turned(Cell one, Cell other, double share) {
    return one.withLatents(
        (evaluation, from) -> SampleNoise.slerp(from, other.latent().apply(evaluation), share));
  }
}
