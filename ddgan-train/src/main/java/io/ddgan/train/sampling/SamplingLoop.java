package io.ddgan.train.sampling;

import io.ddgan.api.DataShape;
import io.ddgan.api.ProgressListener;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Sampler.Step;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.internal.graph.Workspace;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.data.MaskedImage;
import io.ddgan.train.experiment.DataCodec;
import io.ddgan.train.phase.Gaussian;
import io.ddgan.train.phase.ModelDefinition;
import io.ddgan.train.phase.SamplerStepPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Generates examples from pure noise x_T by a sampler's steps. Example k depends on the weights,
 * the steps, the seed and k alone.
 */
public final class SamplingLoop implements AutoCloseable {

  /** Purpose of the random streams of samples. */
  static final String SAMPLE = "sample";

  /** Maximum examples of plans that keep transformed weights: a large part of their time. */
  private static final int FEW_EXAMPLES = 2;

  private final ModelDefinition model;
  private final DataCodec coding;
  private final List<Step> path;
  private final ParameterSet weights;
  private final Workspace workspace;
  private final boolean isShared;
  private final int batch;
  private final SortedMap<Integer, SamplerStepPlan> plans = new TreeMap<>();
  private SamplerStepPlan latest;

  /**
   * Compiles the generator for batches of the model's size.
   *
   * @param coding decodes the examples
   * @param workspace memory shared with the plans of a training that has not started; they never
   *     run at the same time
   */
  public SamplingLoop(
      ModelDefinition model,
      DataCodec coding,
      List<Step> path,
      ParameterSet weights,
      Workspace workspace) {
    this(model, coding, path, weights, workspace, true, model.batch());
  }

  /**
   * Compiles the generator for the largest batches, and for smaller ones when they are needed.
   *
   * @param coding decodes the examples
   * @param batch maximum number of examples that are generated together
   */
  public SamplingLoop(
      ModelDefinition model, DataCodec coding, List<Step> path, ParameterSet weights, int batch) {
    this(model, coding, path, weights, new Workspace(), false, batch);
  }

  private SamplingLoop(
      ModelDefinition model,
      DataCodec coding,
      List<Step> path,
      ParameterSet weights,
      Workspace workspace,
      boolean isShared,
      int batch) {
    this.model = model;
    this.coding = coding;
    this.path = List.copyOf(path);
    this.weights = weights;
    this.workspace = workspace;
    this.isShared = isShared;
    this.batch = batch;
    this.latest = plan(batch);
  }

  private SamplerStepPlan plan(int size) {
    return plans.computeIfAbsent(
        size,
        count ->
            SamplerStepPlan.prepare(
                model, count, weights, !isShared && count <= FEW_EXAMPLES, workspace));
  }

  /**
   * Returns the sizes of the batches of some examples: the largest, then powers of two. At most a
   * quarter of the last one is padding.
   */
  private List<Integer> batches(int count) {
    List<Integer> sizes = new ArrayList<>();
    for (int left = count; left > 0; left -= sizes.get(sizes.size() - 1)) {
      int below = Math.min(batch, Integer.highestOneBit(left));
      int above = Math.min(batch, 2 * below);
      boolean isFull = left >= batch || isShared; // a training's memory is planned in advance
      sizes.add(isFull ? batch : 4 * left >= 3 * above ? above : below);
    }
    return sizes;
  }

  /** Returns the number of classes, 0 if the generator is unconditional. */
  int classes() {
    return latest.isConditional() ? model.classes() : 0;
  }

  /** Throws if examples of a class cannot be requested. */
  void requireClass(int label) {
    if (classes() == 0) {
      throw new RefusedException(
          "this generator is unconditional; train one with generator.class-conditional = true on data with classes");
    }
    if (label < 0 || label >= classes()) {
      throw new RefusedException(
          "there is no class %d; choose from 0 to %d".formatted(label, classes() - 1));
    }
  }

  /**
   * The random inputs and the class of one example. Each is read once per sampler step, in order.
   *
   * @param start the input of the first step, of the example's size
   * @param latent the latent vector of a step, counted from the first one
   * @param noise the fresh noise of a step, of the example's size
   * @param label the class; ignored by an unconditional generator
   */
  public record NoiseSource(
      Supplier<float[]> start,
      IntFunction<float[]> latent,
      IntFunction<float[]> noise,
      IntSupplier label) {

    /**
     * Returns a copy with other latent vectors. All other draws stay the same.
     *
     * @param change maps a step and its drawn latent vector to another one
     */
    NoiseSource withLatents(BiFunction<Integer, float[], float[]> change) {
      return new NoiseSource(
          start, evaluation -> change.apply(evaluation, latent.apply(evaluation)), noise, label);
    }
  }

  /** Is called with the examples between sampler steps, and may change them. */
  @FunctionalInterface
  public interface SamplerCallback {

    /** Does nothing. */
    SamplerCallback NONE = (done, first, x) -> {};

    /**
     * Is called with a batch before the first step and after each.
     *
     * @param done number of steps done
     * @param first index of the batch's first example
     * @param x the encoded examples, {@code [N, ...shape]}, the input of the next step; the last
     *     ones are padding if the batch is not full
     */
    void reached(int done, int first, float[] x);
  }

  /** Returns the shape of one decoded example. */
  public DataShape shape() {
    return coding.data();
  }

  /** Returns the codec of the examples. */
  DataCodec coding() {
    return coding;
  }

  /** Returns whether the generator uses latent vectors. */
  boolean hasLatent() {
    return latest.hasLatent();
  }

  /** Returns the maximum number of examples that are generated together. */
  public int batch() {
    return batch;
  }

  /** Returns the sampler steps. */
  public List<Step> path() {
    return path;
  }

  /**
   * Generates examples.
   *
   * @param random draws example k from its stream {@code "sample"} number k
   * @param first index k of the first example
   * @param count number of consecutive examples
   * @return the examples, {@code [count, ...shape]}
   */
  public float[] sample(RandomStreams random, long first, int count) {
    return sample(random, first, count, Optional.empty(), (what, done, total) -> {});
  }

  /**
   * Generates examples and reports the progress.
   *
   * @param label the class of all examples; drawn for each if empty
   * @param listener is notified of the network evaluations, each of a batch
   */
  public float[] sample(
      RandomStreams random,
      long first,
      int count,
      Optional<Integer> label,
      ProgressListener listener) {
    return sample(count, i -> draw(random, SAMPLE, first + i, label), listener);
  }

  /** Generates examples from their random inputs. */
  float[] sample(int count, IntFunction<NoiseSource> sources, ProgressListener listener) {
    return coding.decode(follow(all(), count, sources, SamplerCallback.NONE, listener));
  }

  /** Inpaints the masked part of an image; see {@link KnownRegion}. */
  float[] inpaint(
      MaskedImage image,
      RepaintSchedule schedule,
      RandomStreams random,
      int count,
      Optional<Integer> label,
      ProgressListener listener) {
    KnownRegion known =
        new KnownRegion(
            image,
            coding,
            model.components().process(),
            path,
            schedule::order,
            KnownRegion.noises(random, model.shape().size()));
    return known.kept(
        coding.decode(
            follow(known.order(), count, k -> draw(random, SAMPLE, k, label), known, listener)));
  }

  /** Returns the indices of all steps, in order. */
  int[] all() {
    return IntStream.range(0, path.size()).toArray();
  }

  /** Returns the drawn class of sample k. */
  int label(RandomStreams random, long k) {
    return draw(random, SAMPLE, k, Optional.empty()).label().getAsInt();
  }

  /**
   * Returns the random inputs of an example, drawn from the stream of a purpose and k.
   *
   * @param label its class; drawn if empty
   */
  NoiseSource draw(RandomStreams random, String purpose, long k, Optional<Integer> label) {
    label.ifPresent(this::requireClass);
    RandomGenerator stream = random.stream(purpose, k);
    return new NoiseSource(
        () -> Gaussian.draw(stream, model.shape().size()),
        evaluation -> Gaussian.draw(stream, model.components().generator().latentSize()),
        evaluation -> Gaussian.draw(stream, model.shape().size()),
        () ->
            model.classes() == 0
                ? 0
                : label.orElseGet(
                    () -> random.stream(purpose + "/class", k).nextInt(model.classes())));
  }

  /**
   * Runs some of the sampler steps on encoded examples.
   *
   * @param evaluations indices of the steps, in the order in which to run them
   * @param sources the random inputs of an example, by its index
   * @param callback is called before the first step and after each
   * @param listener is notified of the network evaluations, each of a batch
   * @return the result of the last step, {@code [count, ...shape]}
   */
  public float[] follow(
      int[] evaluations,
      int count,
      IntFunction<NoiseSource> sources,
      SamplerCallback callback,
      ProgressListener listener) {
    int size = model.shape().size();
    List<Integer> batches = batches(count);
    int done = 0;
    float[] results = new float[Math.multiplyExact(count, size)];
    int first = 0;
    for (int length : batches) {
      latest = plan(length);
      int now = Math.min(length, count - first);
      List<NoiseSource> batch = IntStream.range(first, first + now).mapToObj(sources).toList();
      float[] x = gather(batch, source -> source.start().get(), size);
      int[] labels = new int[length];
      Arrays.setAll(labels, i -> i < batch.size() ? batch.get(i).label().getAsInt() : 0);
      callback.reached(0, first, x);
      for (int i = 0; i < evaluations.length; i++) {
        int evaluation = evaluations[i];
        float[] latent =
            gather(
                batch,
                source -> source.latent().apply(evaluation),
                model.components().generator().latentSize());
        float[] noise = gather(batch, source -> source.noise().apply(evaluation), size);
        x = latest.evaluate(path.get(evaluation), x, latent, labels, noise);
        callback.reached(i + 1, first, x);
        listener.onProgress("network evaluations", ++done, batches.size() * evaluations.length);
      }
      System.arraycopy(x, 0, results, first * size, now * size);
      first += now;
    }
    return results;
  }

  /** Gathers the values of a batch in one array, padded with zeros. */
  private float[] gather(List<NoiseSource> sources, Function<NoiseSource, float[]> part, int each) {
    float[] all = new float[Math.multiplyExact(latest.size(), each)];
    for (int i = 0; i < sources.size(); i++) {
      System.arraycopy(part.apply(sources.get(i)), 0, all, i * each, each);
    }
    return all;
  }

  /** Returns the generator's output in the last step, encoded, {@code [N, ...shape]}. */
  float[] output() {
    return latest.output();
  }

  /** Returns the bytes of native memory, without the weights. */
  public long bytes() {
    return plans.values().stream().mapToLong(SamplerStepPlan::bytes).sum()
        + (isShared ? 0 : workspace.bytes());
  }

  @Override
  public void close() {
    plans.values().forEach(SamplerStepPlan::close);
    if (!isShared) {
      workspace.close();
    }
  }
}
