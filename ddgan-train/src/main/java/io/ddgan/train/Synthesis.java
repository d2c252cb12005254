package io.ddgan.train;

import io.ddgan.api.Sampler.Evaluation;
import io.ddgan.graph.ParameterSet;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.step.Game;
import io.ddgan.train.step.Gaussian;
import io.ddgan.train.step.Sampling;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * Generates examples along a sampler's path from pure noise x_T. Example k is a function of the
 * weights, the path, the seed and k alone.
 */
public final class Synthesis implements AutoCloseable {

  private final Game game;
  private final List<Evaluation> path;
  private final Sampling sampling;

  /** Prepares to generate in batches of the game's size. */
  public Synthesis(Game game, List<Evaluation> path, ParameterSet weights) {
    this.game = game;
    this.path = List.copyOf(path);
    this.sampling = Sampling.prepare(game, weights);
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
    int size = game.shape().size();
    float[] samples = new float[Math.multiplyExact(count, size)];
    for (int done = 0; done < count; done += game.batch()) {
      int now = Math.min(game.batch(), count - done);
      RandomGenerator[] streams = new RandomGenerator[now];
      long next = first + done;
      Arrays.setAll(streams, i -> random.stream("sample", next + i));
      float[] batch = chain(each -> draw(streams, each));
      System.arraycopy(batch, 0, samples, done * size, now * size);
    }
    return samples;
  }

  /**
   * Generates one batch from given noise.
   *
   * @param gaussian asked for the noise of x_T and then, for each evaluation, for the latent
   *     vectors and the fresh noise; it is told how many numbers each example takes, and gives them
   *     for one example after the other
   * @return the examples, {@code [N, ...shape]}
   */
  public float[] chain(IntFunction<float[]> gaussian) {
    float[] x = gaussian.apply(game.shape().size());
    for (Evaluation evaluation : path) {
      float[] latent = gaussian.apply(game.generator().latentSize());
      float[] noise = gaussian.apply(game.shape().size());
      x = sampling.evaluate(evaluation, x, latent, noise);
    }
    return x;
  }

  /** Draws for the examples that are wanted; what is missing to a full batch is left at zero. */
  private float[] draw(RandomGenerator[] streams, int each) {
    float[] values = new float[game.batch() * each];
    for (int i = 0; i < streams.length; i++) {
      System.arraycopy(Gaussian.draw(streams[i], each), 0, values, i * each, each);
    }
    return values;
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
