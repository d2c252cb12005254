package io.ddgan.embed;

import io.ddgan.api.DataShape;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.sampling.TrainedGenerator;

/**
 * A trained generator. Holds native memory until it is closed, and is used by one thread at a time.
 */
public final class Model implements AutoCloseable {

  private final TrainedGenerator generator;

  Model(TrainedGenerator generator) {
    this.generator = generator;
  }

  /** Shape of one example: {@code [C, H, W]} of images, {@code [n]} of points. */
  public DataShape shape() {
    return generator.shape();
  }

  /** Number of training steps that its weights have seen. */
  public long step() {
    return generator.step();
  }

  /** Evaluations of the generator that an example takes. */
  public int evaluations() {
    return generator.evaluations();
  }

  /**
   * Generates the first examples of a seed. Example k is a function of the model, the seed and k
   * alone: the same whatever the count.
   *
   * @return {@code [count, ...shape]} in one array, example after example, channel by channel and
   *     row by row; images in [-1, 1]
   */
  public float[] sample(int count, long seed) {
    return generator.sample(new RandomStreams(seed), count);
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    generator.close();
  }
}
