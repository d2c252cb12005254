package io.ddgan.app.sampling;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import io.ddgan.train.picture.Pictures;
import io.ddgan.train.sampling.Figures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A figure of how a generator works.
 *
 * @param count how many samples it is about; as many as suit the data if empty
 * @param columns how many pictures there are of each, at least 2
 */
public record Figure(Kind kind, Optional<Integer> count, int columns) implements Drawing {

  private static final int ROWS = 8;
  private static final int POINTS = 3000;

  /** States that an animation has at most. */
  private static final int FRAMES = 40;

  /** What a figure shows. */
  public enum Kind {
    CHAIN("the way from noise to samples, as a strip and as an animation"),
    LATENTS("each row is one x_1 (first column), denoised with different latent vectors"),
    INTERPOLATION("from one sample's latent vectors to others, with the same noise");

    private final String meaning;

    Kind(String meaning) {
      this.meaning = meaning;
    }
  }

  /** Checks the number of columns. */
  public Figure {
    if (columns < 2) {
      throw new RefusedException("a figure has at least 2 columns, not " + columns);
    }
  }

  @Override
  public String file(long seed) {
    return "%s-seed-%d.png".formatted(kind.name().toLowerCase(Locale.ROOT), seed);
  }

  @Override
  public List<String> draw(Sampling sampling, Path target) throws IOException {
    Sampling.requirePicture(target);
    DataShape shape = sampling.shape();
    int rows = count.orElse(shape.isImage() ? ROWS : POINTS);
    sampling.requireRoom(rows * (1L + Math.max(columns, rows)));
    if (!Pictures.canShow(shape) || (kind != Kind.CHAIN && !shape.isImage())) {
      throw new RefusedException(
          "examples of the shape %s cannot be shown in this figure".formatted(shape));
    }
    Figures figures =
        sampling.generator().figures(sampling.random(), sampling.label(), sampling.listener());
    Pictures pictures = SampleOutput.pictures(sampling.setup(), shape);
    switch (kind) {
      case CHAIN -> {
        return chain(figures.chain(rows, Math.max(FRAMES, columns)), pictures, target);
      }
      case LATENTS -> pictures.writeRows(figures.latents(rows, columns - 1), columns, target);
      case INTERPOLATION ->
          pictures.writeRows(figures.interpolation(rows, columns), columns, target);
    }
    return List.of(line(target));
  }

  private List<String> chain(List<float[]> states, Pictures pictures, Path file)
      throws IOException {
    int last = states.size() - 1;
    int steps = Math.min(columns - 1, last);
    pictures.writeStrip( // with the first and the last
        IntStream.rangeClosed(0, steps).mapToObj(i -> states.get(i * last / steps)).toList(), file);
    Path animation = Path.of(file.toString().replaceFirst("(?i)\\.png$", ".gif"));
    pictures.writeAnimation(states, animation);
    return List.of(line(file), line(animation));
  }

  private String line(Path file) {
    return "%s: %s".formatted(kind.meaning, file);
  }
}
