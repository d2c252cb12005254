package io.ddgan.app.sampling;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.picture.Pictures;
import io.ddgan.train.sampling.Figures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** What {@code ddgan sample --figure} draws. */
public enum Figure {
  CHAIN("the way from noise to samples, as a strip and as an animation") {

    @Override
    public List<Path> draw(Figures figures, Pictures pictures, int count, int columns, Path file)
        throws IOException {
      List<float[]> states = figures.chain(count, Math.max(FRAMES, columns));
      pictures.writeStrip(some(states, columns), file);
      Path animation = Path.of(file.toString().replaceFirst("\\.png$", ".gif"));
      pictures.writeAnimation(states, animation);
      return List.of(file, animation);
    }
  },
  LATENTS("each row is one x_1 (first column), denoised with different latent vectors") {

    @Override
    public List<Path> draw(Figures figures, Pictures pictures, int count, int columns, Path file)
        throws IOException {
      pictures.writeRows(figures.latents(count, columns - 1), columns, file);
      return List.of(file);
    }
  },
  INTERPOLATION("from one sample's latent vectors to others, with the same noise") {

    @Override
    public List<Path> draw(Figures figures, Pictures pictures, int count, int columns, Path file)
        throws IOException {
      pictures.writeRows(figures.interpolation(count, columns), columns, file);
      return List.of(file);
    }
  };

  /** States that an animation has at most. */
  private static final int FRAMES = 40;

  /** Some states, evenly spread, with the first and the last. */
  private static List<float[]> some(List<float[]> states, int wanted) {
    int last = states.size() - 1;
    int steps = Math.min(wanted - 1, last);
    return IntStream.rangeClosed(0, steps).mapToObj(i -> states.get(i * last / steps)).toList();
  }

  private final String meaning;

  Figure(String meaning) {
    this.meaning = meaning;
  }

  /** What the figure shows. */
  public String meaning() {
    return meaning;
  }

  /**
   * Writes the figure and says where it is.
   *
   * @param count how many samples it is about
   * @param columns how many pictures there are of each, at least 2
   * @param file a PNG file
   */
  public abstract List<Path> draw(
      Figures figures, Pictures pictures, int count, int columns, Path file) throws IOException;

  /**
   * The pictures that suit an experiment's data; those of points show the data as well.
   *
   * @throws IllegalArgumentException if this figure cannot be drawn of such data
   */
  public Pictures pictures(Setup setup, DataShape shape) throws IOException {
    if (!Pictures.canShow(shape) || (this != CHAIN && !shape.isImage())) {
      throw new RefusedException(
          "examples of the shape %s cannot be shown in this figure".formatted(shape));
    }
    return SampleOutput.pictures(setup, shape);
  }
}
