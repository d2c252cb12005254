package io.ddgan.embed;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.run.RunClasses;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.sampling.TrainedGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A trained generator. Holds native memory until it is closed, and is used by one thread at a time.
 */
public final class Model implements AutoCloseable {

  private final TrainedGenerator generator;
  private final Optional<RunClasses> classes;

  private Model(TrainedGenerator generator, Optional<RunClasses> classes) {
    this.generator = generator;
    this.classes = classes;
  }

  /** Takes over a generator; closes it if the run cannot be read. */
  static Model of(RunFolder run, TrainedGenerator generator) throws IOException {
    try {
      Optional<RunClasses> classes =
          generator.classes() == 0
              ? Optional.empty()
              : Optional.of(RunClasses.of(run, generator.classes()));
      return new Model(generator, classes);
    } catch (IOException | RuntimeException e) {
      generator.close();
      throw e;
    }
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
   * The names of the classes that examples can be asked of, in the order of their numbers: those
   * that the data had when the run was trained, else the numbers. Empty if the generator does not
   * look at classes.
   */
  public List<String> classes() {
    return classes
        .map(all -> IntStream.range(0, all.count()).mapToObj(all::name).toList())
        .orElse(List.of());
  }

  /**
   * Generates the first examples of a seed, all of one class.
   *
   * @param label a class's name, whatever its case and with anything between its words, or its
   *     number, counted from 0
   * @return as {@link #sample(int, long)}
   * @throws RefusedException if the generator does not look at classes, or there is no such class;
   *     the message lists those that there are
   */
  public float[] sample(int count, long seed, String label) {
    generator.requireClass(0);
    int number = classes.orElseThrow().number(label);
    return generator.sample(
        new RandomStreams(seed), count, Optional.of(number), (what, done, total) -> {});
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
