package io.ddgan.embed;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.data.MaskedImage;
import io.ddgan.train.run.RunClasses;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.sampling.Resampling;
import io.ddgan.train.sampling.TrainedGenerator;
import java.io.IOException;
import java.util.BitSet;
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
    requireRoom(count);
    return generator.sample(
        new RandomStreams(seed), count, Optional.of(number(label)), (what, done, total) -> {});
  }

  private int number(String label) {
    generator.requireClass(0);
    return classes.orElseThrow().number(label);
  }

  /**
   * Generates the first examples of a seed. Example k is a function of the model, the seed and k
   * alone: the same whatever the count.
   *
   * @return {@code [count, ...shape]} in one array, example after example, channel by channel and
   *     row by row; images in [-1, 1]
   * @throws RefusedException if the count is below 0, or the array would be longer than arrays are
   */
  public float[] sample(int count, long seed) {
    requireRoom(count);
    return generator.sample(new RandomStreams(seed), count);
  }

  /**
   * Makes a part of an image anew, so that it suits the rest (Lugmayr et al., 2022).
   *
   * @param image in [-1, 1], {@code [C, H, W]} in one array, channel by channel and row by row
   * @param made the pixels that are made, {@code [H, W]}; the others stay as they are
   * @return the first images of a seed, {@code [count, C, H, W]} in one array
   * @throws RefusedException if image or mask do not suit the model, or it makes its examples in
   *     one step
   */
  public float[] inpaint(float[] image, boolean[] made, int count, long seed) {
    return inpaint(image, made, count, seed, 1, 1, Optional.empty());
  }

  /**
   * Makes a part of an image anew by steps that are repeated, so that it suits the rest better.
   *
   * @param times how often each step is done, from 1 to 100: r in the paper
   * @param jump how many steps are repeated at a time, at least 1: j in the paper
   * @param label the class that the images are to be of, as of {@link #sample(int, long, String)}
   * @return as {@link #inpaint(float[], boolean[], int, long)}
   * @throws RefusedException as there, and if times, jump or label are none
   */
  public float[] inpaint(
      float[] image,
      boolean[] made,
      int count,
      long seed,
      int times,
      int jump,
      Optional<String> label) {
    requireRoom(count);
    return generator.inpaint(
        masked(image, made),
        resampling(times, jump),
        new RandomStreams(seed),
        count,
        label.map(this::number),
        (what, done, total) -> {});
  }

  private void requireRoom(int count) {
    int most = Integer.MAX_VALUE / shape().size();
    if (count < 0 || count > most) {
      throw new RefusedException(
          "%,d examples cannot be generated at once, only 0 to %,d".formatted(count, most));
    }
  }

  private static Resampling resampling(int times, int jump) {
    try {
      return new Resampling(times, jump);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(e.getMessage(), e);
    }
  }

  private MaskedImage masked(float[] image, boolean[] made) {
    DataShape shape = shape();
    if (!shape.isImage()) {
      throw new RefusedException("the model makes points of shape %s, no images".formatted(shape));
    }
    if (image.length != shape.size() || made.length != shape.height() * shape.width()) {
      throw new RefusedException(
          "an image of %,d numbers and a mask of %,d pixels do not suit the model, whose images have shape %s"
              .formatted(image.length, made.length, shape));
    }
    for (float value : image) {
      if (!(value >= -1 && value <= 1)) {
        throw new RefusedException(
            "an image's numbers are in [-1, 1], but one is %s".formatted(value));
      }
    }
    BitSet pixels = new BitSet(made.length);
    for (int i = 0; i < made.length; i++) {
      pixels.set(i, made[i]);
    }
    return MaskedImage.of(shape, image, pixels);
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    generator.close();
  }
}
