package io.ddgan.train.sampling;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Sampler.Evaluation;
import io.ddgan.api.WorkListener;
import io.ddgan.graph.ParameterSet;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.experiment.Coding;
import io.ddgan.train.phase.Gaussian;
import io.ddgan.train.phase.ModelDefinition;
import io.ddgan.train.phase.Sampling;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Generates examples along a sampler's path from pure noise x_T. Example k is a function of the
 * weights, the path, the seed and k alone.
 */
public final class Synthesis implements AutoCloseable {

  /** Purpose of the streams that samples are drawn from. */
  static final String SAMPLE = "sample";

  private final ModelDefinition model;
  private final Coding coding;
  private final List<Evaluation> path;
  private final Optional<Integer> label;
  private final Sampling sampling;

  /**
   * Prepares to generate in batches of the model's size.
   *
   * @param coding decodes what the model makes
   * @param label the class of all examples, of a model that was trained on classes; drawn for each
   *     example if empty
   * @throws IllegalArgumentException if there is no such class
   */
  public Synthesis(
      ModelDefinition model,
      Coding coding,
      List<Evaluation> path,
      ParameterSet weights,
      Optional<Integer> label) {
    this.model = model;
    this.coding = coding;
    this.path = List.copyOf(path);
    this.label = label;
    this.sampling = Sampling.prepare(model, weights);
    try {
      label.ifPresent(this::requireClass);
    } catch (RefusedException e) {
      sampling.close();
      throw e;
    }
  }

  private void requireClass(int wanted) {
    if (!sampling.isConditional()) {
      throw new RefusedException(
          "this generator does not look at classes; train one with generator.class-conditional ="
              + " true on data that has them");
    }
    if (wanted < 0 || wanted >= model.classes()) {
      throw new RefusedException(
          "there is no class %d, only those from 0 to %d".formatted(wanted, model.classes() - 1));
    }
  }

  /** What one example is made of; asked for once an evaluation, in order. */
  public interface Cell {

    /** What the first evaluation is given, of the example's size. */
    float[] start();

    /** The latent vector of an evaluation, counted from the path's beginning. */
    float[] latent(int evaluation);

    /** The fresh noise of an evaluation, of the example's size. */
    float[] noise(int evaluation);

    /** The class; not looked at where the generator does not look at classes. */
    int label();
  }

  /** Sees examples on their way. */
  @FunctionalInterface
  public interface Watch {

    /**
     * A batch before or after an evaluation.
     *
     * @param evaluations evaluations done, counted from the path's beginning
     * @param first number of the batch's first example
     * @param x the examples, encoded, {@code [N, ...shape]}; those after the last wanted mean
     *     nothing
     */
    void see(int evaluations, int first, float[] x);
  }

  /** Shape of one example, decoded. */
  public DataShape shape() {
    return coding.data();
  }

  /** What decodes the examples. */
  Coding coding() {
    return coding;
  }

  /** Whether latent vectors make a difference. */
  boolean hasLatent() {
    return sampling.hasLatent();
  }

  /** The class of all examples, if one was asked for. */
  Optional<Integer> label() {
    return label;
  }

  /** Number of examples that are generated at a time. */
  public int batch() {
    return model.batch();
  }

  /** The path. */
  public List<Evaluation> path() {
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
    return sample(random, first, count, (what, done, total) -> {});
  }

  /**
   * Generates examples, and tells how far that is.
   *
   * @param listener hears of the network evaluations, each of a batch
   */
  public float[] sample(RandomStreams random, long first, int count, WorkListener listener) {
    return coding.decode(
        follow(
            0,
            path.size(),
            count,
            i -> drawn(random, SAMPLE, first + i),
            (done, batch, x) -> {},
            listener));
  }

  /** An example that is drawn from a stream of its own; {@link #sample} draws those of samples. */
  Cell drawn(RandomStreams random, String purpose, long k) {
    RandomGenerator stream = random.stream(purpose, k);
    return new Cell() {

      @Override
      public float[] start() {
        return Gaussian.draw(stream, model.shape().size());
      }

      @Override
      public float[] latent(int evaluation) {
        return Gaussian.draw(stream, model.parts().generator().latentSize());
      }

      @Override
      public float[] noise(int evaluation) {
        return Gaussian.draw(stream, model.shape().size());
      }

      @Override
      public int label() {
        return model.classes() == 0
            ? 0
            : label.orElseGet(() -> random.stream(purpose + "/class", k).nextInt(model.classes()));
      }
    };
  }

  /**
   * Follows a part of the path, with encoded examples.
   *
   * @param from number of the first evaluation
   * @param to number of the evaluation that is not done any more
   * @param count how many examples
   * @param cells what the examples are made of, by their number
   * @param watch sees them before and after each evaluation
   * @param listener hears of the network evaluations, each of a batch
   * @return what the last evaluation has made, {@code [count, ...shape]}
   */
  public float[] follow(
      int from, int to, int count, IntFunction<Cell> cells, Watch watch, WorkListener listener) {
    int size = model.shape().size();
    int batches = (count - 1) / model.batch() + 1;
    int done = 0;
    float[] results = new float[Math.multiplyExact(count, size)];
    for (int first = 0; first < count; first += model.batch()) {
      int now = Math.min(model.batch(), count - first);
      List<Cell> batch = IntStream.range(first, first + now).mapToObj(cells).toList();
      float[] x = gather(batch, Cell::start, size);
      int[] labels =
          IntStream.range(0, model.batch()).map(i -> i < now ? batch.get(i).label() : 0).toArray();
      watch.see(from, first, x);
      for (int i = from; i < to; i++) {
        int evaluation = i;
        float[] latent =
            gather(batch, cell -> cell.latent(evaluation), model.parts().generator().latentSize());
        float[] noise = gather(batch, cell -> cell.noise(evaluation), size);
        x = sampling.evaluate(path.get(i), x, latent, labels, noise);
        watch.see(i + 1, first, x);
        listener.advanced("network evaluations", ++done, batches * (to - from));
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

  /** Bytes of native memory without the weights. */
  public long bytes() {
    return sampling.bytes();
  }

  @Override
  public void close() {
    sampling.close();
  }
}
