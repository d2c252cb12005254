package io.ddgan.train;

import io.ddgan.api.DataShape;
import io.ddgan.api.Sampler.Evaluation;
import io.ddgan.graph.ParameterSet;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.step.Game;
import io.ddgan.train.step.Gaussian;
import io.ddgan.train.step.Sampling;
import java.util.List;
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

  private final Game game;
  private final List<Evaluation> path;
  private final Sampling sampling;

  /** Prepares to generate in batches of the game's size. */
  public Synthesis(Game game, List<Evaluation> path, ParameterSet weights) {
    this.game = game;
    this.path = List.copyOf(path);
    this.sampling = Sampling.prepare(game, weights);
  }

  /** What one example is made of; asked for once an evaluation, in order. */
  public interface Cell {

    /** What the first evaluation is given, of the example's size. */
    float[] start();

    /** The latent vector of an evaluation, counted from the path's beginning. */
    float[] latent(int evaluation);

    /** The fresh noise of an evaluation, of the example's size. */
    float[] noise(int evaluation);
  }

  /** Sees examples on their way. */
  @FunctionalInterface
  public interface Watch {

    /**
     * A batch before or behind an evaluation.
     *
     * @param evaluations evaluations behind it, counted from the path's beginning
     * @param first number of the batch's first example
     * @param x the examples, {@code [N, ...shape]}; those behind the last wanted mean nothing
     */
    void see(int evaluations, int first, float[] x);
  }

  /** Shape of one example. */
  public DataShape shape() {
    return game.shape();
  }

  /** Number of examples that are generated at a time. */
  public int batch() {
    return game.batch();
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
    return follow(
        0, path.size(), count, i -> drawn(random, SAMPLE, first + i), (done, batch, x) -> {});
  }

  /** An example that is drawn from a stream of its own; {@link #sample} draws those of samples. */
  Cell drawn(RandomStreams random, String purpose, long k) {
    RandomGenerator stream = random.stream(purpose, k);
    return new Cell() {

      @Override
      public float[] start() {
        return Gaussian.draw(stream, game.shape().size());
      }

      @Override
      public float[] latent(int evaluation) {
        return Gaussian.draw(stream, game.generator().latentSize());
      }

      @Override
      public float[] noise(int evaluation) {
        return Gaussian.draw(stream, game.shape().size());
      }
    };
  }

  /**
   * Follows a part of the path.
   *
   * @param from number of the first evaluation
   * @param to number of the evaluation that is not done any more
   * @param count how many examples
   * @param cells what the examples are made of, by their number
   * @param watch sees them before and behind each evaluation
   * @return what the last evaluation has made, {@code [count, ...shape]}
   */
  public float[] follow(int from, int to, int count, IntFunction<Cell> cells, Watch watch) {
    int size = game.shape().size();
    float[] results = new float[Math.multiplyExact(count, size)];
    for (int first = 0; first < count; first += game.batch()) {
      int now = Math.min(game.batch(), count - first);
      List<Cell> batch = IntStream.range(first, first + now).mapToObj(cells).toList();
      float[] x = gather(batch, Cell::start, size);
      watch.see(from, first, x);
      for (int i = from; i < to; i++) {
        int evaluation = i;
        float[] latent =
            gather(batch, cell -> cell.latent(evaluation), game.generator().latentSize());
        float[] noise = gather(batch, cell -> cell.noise(evaluation), size);
        x = sampling.evaluate(path.get(i), x, latent, noise);
        watch.see(i + 1, first, x);
      }
      System.arraycopy(x, 0, results, first * size, now * size);
    }
    return results;
  }

  /** One array of all; what is missing to a full batch is left at zero. */
  private float[] gather(List<Cell> cells, Function<Cell, float[]> part, int each) {
    float[] all = new float[game.batch() * each];
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
