package io.ddgan.train;

import io.ddgan.graph.ParameterSet;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.step.Game;
import io.ddgan.train.step.Gaussian;
import io.ddgan.train.step.Sampling;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * Generates examples: from pure noise x_T down to x_0, one large denoising step after the other.
 * Example k is a function of the weights, the seed and k alone.
 */
public final class Sampler implements AutoCloseable {

  private final Game game;
  private final Sampling sampling;

  /** Prepares a sampler for batches of the game's size. */
  public Sampler(Game game, ParameterSet weights) {
    this.game = game;
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
   * @param gaussian asked for the noise of x_T and then, for each step from T - 1 down to 0, for
   *     the latent vectors and the noise of the step; it is told how many numbers each example
   *     takes, and gives them for one example after the other
   * @return the examples, {@code [N, ...shape]}
   */
  public float[] chain(IntFunction<float[]> gaussian) {
    float[] x = gaussian.apply(game.shape().size());
    for (int t = game.process().steps() - 1; t >= 0; t--) {
      float[] latent = gaussian.apply(game.generator().latentSize());
      float[] noise = gaussian.apply(game.shape().size());
      int[] times = new int[game.batch()];
      Arrays.fill(times, t);
      x = sampling.denoise(times, x, latent, noise);
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

  @Override
  public void close() {
    sampling.close();
  }
}
