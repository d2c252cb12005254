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
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Generates examples along a sampler's path from pure noise x_T. Example k is a function of the
 * weights, the path, the seed and k alone.
 */
public final class SamplingLoop implements AutoCloseable {

  /** Purpose of the streams that samples are drawn from. */
  static final String SAMPLE = "sample";

  private final ModelDefinition model;
  private final DataCodec coding;
  private final List<Step> path;
  private final SamplerStepPlan sampling;

  /**
   * Prepares to generate in batches of the model's size.
   *
   * @param coding decodes what the model makes
   * @param workspace that of a training whose steps have not begun yet, to share its memory with
   *     plans that never run at the same time
   */
  public SamplingLoop(
      ModelDefinition model,
      DataCodec coding,
      List<Step> path,
      ParameterSet weights,
      Optional<Workspace> workspace) {
    this.model = model;
    this.coding = coding;
    this.path = List.copyOf(path);
    this.sampling = SamplerStepPlan.prepare(model, weights, workspace);
  }

  /** Number of classes that the generator tells apart, 0 if it does not look at them. */
  int classes() {
    return sampling.isConditional() ? model.classes() : 0;
  }

  /** Checks that examples of a class can be asked for. */
  void requireClass(int wanted) {
    if (classes() == 0) {
      throw new RefusedException(
          "this generator does not look at classes; train one with generator.class-conditional ="
              + " true on data that has them");
    }
    if (wanted < 0 || wanted >= classes()) {
      throw new RefusedException(
          "there is no class %d, only those from 0 to %d".formatted(wanted, classes() - 1));
    }
  }

  /**
   * What one example is made of; asked for once an evaluation, in order.
   *
   * @param start what the first evaluation is given, of the example's size
   * @param latent the latent vector of an evaluation, counted from the path's beginning
   * @param noise the fresh noise of an evaluation, of the example's size
   * @param label the class; not looked at where the generator does not look at classes
   */
  public record Cell(
      Supplier<float[]> start,
      IntFunction<float[]> latent,
      IntFunction<float[]> noise,
      IntSupplier label) {

    /**
     * The same with other latent vectors. What is drawn after a latent vector stays what it was.
     *
     * @param change makes the latent vector of an evaluation of the one that is drawn for it
     */
    Cell withLatents(BiFunction<Integer, float[], float[]> change) {
      return new Cell(
          start, evaluation -> change.apply(evaluation, latent.apply(evaluation)), noise, label);
    }
  }

  /** Is given examples on their way, between two evaluations; it may only look, or change them. */
  @FunctionalInterface
  public interface Waypoint {

    /** Looks at nothing and changes nothing. */
    Waypoint NONE = (done, first, x) -> {};

    /**
     * A batch before the first or after an evaluation.
     *
     * @param done how many evaluations are done
     * @param first number of the batch's first example
     * @param x the examples, encoded, {@code [N, ...shape]}, which the next evaluation is given;
     *     those after the last wanted mean nothing
     */
    void reached(int done, int first, float[] x);
  }

  /** Shape of one example, decoded. */
  public DataShape shape() {
    return coding.data();
  }

  /** What decodes the examples. */
  DataCodec coding() {
    return coding;
  }

  /** Whether latent vectors make a difference. */
  boolean hasLatent() {
    return sampling.hasLatent();
  }

  /** Number of examples that are generated at a time. */
  public int batch() {
    return model.batch();
  }

  /** The path. */
  public List<Step> path() {
    return path;
  }

  /**
   * Generates examples.
   *
   * @param random draws example k from its stream {@code "sample"} number k
   * @param first number k of the first example
   * @param count how many examples, of consecutive numbers
   * @return the examples, {@code [count, ...shape]}
   */
  public float[] sample(RandomStreams random, long first, int count) {
    return sample(random, first, count, Optional.empty(), (what, done, total) -> {});
  }

  /**
   * Generates examples, and tells how far that is.
   *
   * @param label the class of all examples; drawn for each if empty
   * @param listener hears of the network evaluations, each of a batch
   */
  public float[] sample(
      RandomStreams random,
      long first,
      int count,
      Optional<Integer> label,
      ProgressListener listener) {
    return sample(count, i -> drawn(random, SAMPLE, first + i, label), listener);
  }

  /** Follows the whole path. */
  float[] sample(int count, IntFunction<Cell> cells, ProgressListener listener) {
    return coding.decode(follow(all(), count, cells, Waypoint.NONE, listener));
  }

  /** Makes what a mask leaves open in an image; see {@link KnownRegion}. */
  float[] inpaint(
      MaskedImage image,
      RepaintSchedule resampling,
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
            resampling::order,
            KnownRegion.noises(random, model.shape().size()));
    return known.kept(
        coding.decode(
            follow(known.order(), count, k -> drawn(random, SAMPLE, k, label), known, listener)));
  }

  /** The numbers of all evaluations of the path, in their order. */
  int[] all() {
    return IntStream.range(0, path.size()).toArray();
  }

  /** The class that is asked for where it is drawn: that of sample k. */
  int label(RandomStreams random, long k) {
    return drawn(random, SAMPLE, k, Optional.empty()).label().getAsInt();
  }

  /**
   * An example that is drawn from a stream of its own; {@link #sample} draws those of samples.
   *
   * @param label its class; drawn if empty
   */
  Cell drawn(RandomStreams random, String purpose, long k, Optional<Integer> label) {
    label.ifPresent(this::requireClass);
    RandomGenerator stream = random.stream(purpose, k);
    return new Cell(
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
   * Follows the path, or goes some of its evaluations, with encoded examples.
   *
   * @param evaluations numbers of the evaluations, in the order in which they are done
   * @param cells what the examples are made of, by their number
   * @param waypoint is given them before and after each evaluation
   * @param listener hears of the network evaluations, each of a batch
   * @return what the last evaluation has made, {@code [count, ...shape]}
   */
  public float[] follow(
      int[] evaluations,
      int count,
      IntFunction<Cell> cells,
      Waypoint waypoint,
      ProgressListener listener) {
    int size = model.shape().size();
    int batches = (count - 1) / model.batch() + 1;
    int done = 0;
    float[] results = new float[Math.multiplyExact(count, size)];
    for (int first = 0; first < count; first += model.batch()) {
      int now = Math.min(model.batch(), count - first);
      List<Cell> batch = IntStream.range(first, first + now).mapToObj(cells).toList();
      float[] x = gather(batch, cell -> cell.start().get(), size);
      int[] labels =
          IntStream.range(0, model.batch())
              .map(i -> i < now ? batch.get(i).label().getAsInt() : 0)
              .toArray();
      waypoint.reached(0, first, x);
      for (int i = 0; i < evaluations.length; i++) {
        int evaluation = evaluations[i];
        float[] latent =
            gather(
                batch,
                cell -> cell.latent().apply(evaluation),
                model.components().generator().latentSize());
        float[] noise = gather(batch, cell -> cell.noise().apply(evaluation), size);
        x = sampling.evaluate(path.get(evaluation), x, latent, labels, noise);
        waypoint.reached(i + 1, first, x);
        listener.onProgress("network evaluations", ++done, batches * evaluations.length);
      }
      System.arraycopy(x, 0, results, first * size, now * size);
    }
    return results;
  }

  /** One array of all; what is missing to a full batch is left at zero. */
  private float[] gather(List<Cell> cells, Function<Cell, float[]> part, int each) {
    float[] all = new float[Math.multiplyExact(model.batch(), each)];
    for (int i = 0; i < cells.size(); i++) {
      System.arraycopy(part.apply(cells.get(i)), 0, all, i * each, each);
    }
    return all;
  }

  /** What the generator itself gave in the last evaluation, encoded, {@code [N, ...shape]}. */
  float[] output() {
    return sampling.output();
  }

  /** Bytes of native memory without the weights. */
  public long bytes() {
    return sampling.bytes();
  }

  @Override
  public void close() {
    sampling.close();
  }
}
