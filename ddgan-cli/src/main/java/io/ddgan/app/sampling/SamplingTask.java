package io.ddgan.app.sampling;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import io.ddgan.app.text.Quantities;
import io.ddgan.train.data.MaskedImage;
import io.ddgan.train.data.Picture;
import io.ddgan.train.experiment.MinimumMemory;
import io.ddgan.train.picture.Png;
import io.ddgan.train.picture.SampleRenderer;
import io.ddgan.train.run.RunClasses;
import io.ddgan.train.sampling.ExampleRange;
import io.ddgan.train.sampling.Figures;
import io.ddgan.train.sampling.RepaintSchedule;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** The output to make with a generator: samples or a figure. */
public sealed interface SamplingTask {

  /** Returns the default file name. */
  String file(long seed);

  /**
   * Returns the number of samples generated at once, if known.
   *
   * @param classes number of classes, 0 for an unconditional generator
   */
  default int most(DataShape shape, int classes) {
    return Integer.MAX_VALUE;
  }

  /**
   * Generates and writes the output.
   *
   * @param target the picture, array or folder to write
   * @return lines that name the files and their contents
   * @throws io.ddgan.api.RefusedException if the generator does not support it, or the target
   *     cannot hold it
   */
  List<String> draw(Sampling sampling, Path target) throws IOException;

  /** Generates samples of a seed. */
  @FunctionalInterface
  interface Source {

    /** Generates in this process. */
    Source HERE =
        (sampling, range) ->
            sampling
                .generator()
                .sample(sampling.random(), range, sampling.label(), sampling.listener());

    /** Generates {@code [count, ...shape]}. */
    float[] make(Sampling sampling, ExampleRange range) throws IOException;
  }

  /**
   * Samples of a seed, as one picture, an array, or a folder of pictures.
   *
   * @param first index of the first
   * @param count their number; 64 images, or enough points to show a distribution, if empty
   * @param grid true to write one picture of all in addition to an array or a folder
   * @param source generates them
   */
  record Samples(int first, Optional<Integer> count, boolean grid, Source source)
      implements SamplingTask {

    private static final int IMAGES = 64;

    private ExampleRange range(DataShape shape) {
      return new ExampleRange(first, count.orElse(shape.isImage() ? IMAGES : Figure.POINTS));
    }

    @Override
    public String file(long seed) {
      String from = first == 0 ? "" : "-from-%d".formatted(first);
      return "seed-%d%s.png".formatted(seed, from);
    }

    @Override
    public int most(DataShape shape, int classes) {
      return range(shape).count();
    }

    @Override
    public List<String> draw(Sampling sampling, Path target) throws IOException {
      ExampleRange range = range(sampling.shape());
      requireRoom(sampling.shape(), range.count());
      SampleOutput output = SampleOutput.to(target, sampling.shape(), range.count(), grid);
      String kind =
          sampling.label().isEmpty()
              ? "samples"
              : "samples of class " + sampling.classes().title(sampling.label().get());
      long began = System.nanoTime();
      float[] made = source.make(sampling, range);
      double seconds = (System.nanoTime() - began) / 1e9;
      output.write(made, range.first(), sampling.setup(), sampling.listener());
      List<String> lines = output.lines("%,d %s".formatted(range.count(), kind), sampling);
      if (output.picture().isPresent()) {
        Png.description(output.picture().get()).ifPresent(lines::add); // the legend of points
      }
      lines.add(
          "generated in %s s; %s per sample"
              .formatted(
                  new BigDecimal(seconds).round(new MathContext(3)).toPlainString(),
                  Quantities.count(sampling.generator().evaluations(), "network evaluation")));
      return lines;
    }
  }

  /**
   * Samples of each class: a picture with a row per class, described in its metadata; an array,
   * class after class; or a folder with a folder per class.
   *
   * @param each number of samples per class
   * @param grid true to write the picture in addition to an array or a folder
   */
  record ClassRows(int each, boolean grid) implements SamplingTask {

    @Override
    public String file(long seed) {
      return "classes-seed-%d.png".formatted(seed);
    }

    @Override
    public int most(DataShape shape, int classes) {
      return (int) Math.min(Integer.MAX_VALUE, (long) each * Math.max(1, classes));
    }

    @Override
    public List<String> draw(Sampling sampling, Path target) throws IOException {
      RunClasses classes = sampling.classes();
      DataShape shape = sampling.shape();
      requireRoom(shape, (long) each * classes.count());
      SampleOutput output = SampleOutput.to(target, shape, each * classes.count(), grid);
      if (output.picture().isPresent() && !shape.isImage()) {
        throw new RefusedException("only images can be shown class by class; use .npz");
      }
      float[] samples =
          sampling.generator().sampleEachClass(sampling.random(), each, sampling.listener());
      if (output.isFolder()) {
        int size = each * shape.size();
        for (int label = 0; label < classes.count(); label++) {
          Path folder = target.resolve(classes.folder(label));
          SampleOutput.to(folder, shape, each, false)
              .writeApart(Arrays.copyOfRange(samples, label * size, (label + 1) * size), 0);
        }
      } else if (output.isArray()) {
        output.writeApart(samples, 0);
      }
      String names = String.join(", ", classes.all());
      if (output.picture().isPresent()) {
        SampleRenderer.plain(shape)
            .writeRows(samples, each, "classes, a row each: " + names, output.picture().get());
      }
      String what = Quantities.count(each, "sample") + " of each class";
      List<String> lines = output.lines(what, sampling);
      lines.add("classes, in order: " + names);
      return lines;
    }
  }

  /**
   * A figure of the sampling process.
   *
   * @param count number of samples; a default for the data if empty
   * @param columns number of columns, at least 2
   */
  record Figure(Kind kind, Optional<Integer> count, int columns) implements SamplingTask {

    private static final int ROWS = 8;
    private static final int POINTS = 3000;

    /** The maximum number of frames. */
    private static final int FRAMES = 40;

    /** The content of a figure. */
    public enum Kind {
      TRAJECTORY("trajectories from noise to samples"),
      LATENTS("each row is one x_1 (first column), denoised with different latent vectors"),
      INTERPOLATION("interpolation of noise and latent vectors");

      private final String meaning;

      Kind(String meaning) {
        this.meaning = meaning;
      }
    }

    /** Checks the number of columns. */
    public Figure {
      if (columns < 2) {
        throw new RefusedException("--columns must be at least 2; got " + columns);
      }
    }

    @Override
    public String file(long seed) {
      return "%s-seed-%d.png".formatted(kind.name().toLowerCase(Locale.ROOT), seed);
    }

    @Override
    public List<String> draw(Sampling sampling, Path target) throws IOException {
      requirePicture(target);
      DataShape shape = sampling.shape();
      int rows = count.orElse(shape.isImage() ? ROWS : POINTS);
      requireRoom(shape, rows * (1L + Math.max(columns, rows)));
      if (!SampleRenderer.canShow(shape) || (kind != Kind.TRAJECTORY && !shape.isImage())) {
        throw new RefusedException(
            "samples of shape %s cannot be shown in this figure".formatted(shape));
      }
      Figures figures =
          sampling.generator().figures(sampling.random(), sampling.label(), sampling.listener());
      SampleRenderer pictures = SampleOutput.pictures(sampling.setup(), shape, sampling.listener());
      switch (kind) {
        case TRAJECTORY -> {
          return chain(figures.chain(rows, Math.max(FRAMES, columns)), pictures, target);
        }
        case LATENTS -> pictures.writeRows(figures.latents(rows, columns - 1), columns, target);
        case INTERPOLATION ->
            pictures.writeRows(figures.interpolation(rows, columns), columns, target);
      }
      return List.of(line(target));
    }

    private List<String> chain(List<float[]> states, SampleRenderer pictures, Path file)
        throws IOException {
      int last = states.size() - 1;
      int steps = Math.min(columns - 1, last);
      pictures.writeStrip( // with the first and the last
          IntStream.rangeClosed(0, steps).mapToObj(i -> states.get(i * last / steps)).toList(),
          file);
      Path animation = Path.of(file.toString().replaceFirst("(?i)\\.png$", ".gif"));
      pictures.writeAnimation(states, animation);
      return List.of(line(file), "the same as an animation: " + animation);
    }

    private String line(Path file) {
      return "%s: %s".formatted(kind.meaning, file);
    }
  }

  /**
   * A figure of an image, diffused to a step and denoised from there.
   *
   * @param picture the file of the image
   * @param start the step, from 1 to T; half of T if empty
   * @param count number of results
   */
  record DiffusedPicture(Path picture, Optional<Integer> start, int count) implements SamplingTask {

    @Override
    public String file(long seed) {
      return "from-image-seed-%d.png".formatted(seed);
    }

    @Override
    public List<String> draw(Sampling sampling, Path target) throws IOException {
      requirePicture(target);
      DataShape shape = requireSquare(sampling.shape());
      requireRoom(sampling.shape(), count * (1L + count));
      float[] values = new float[shape.size()];
      Picture read = Picture.read(picture);
      read.fit(shape, values, 0);
      read.change(picture.toString(), shape)
          .ifPresent(change -> sampling.listener().onMessage("note: " + change));
      int half = Math.max(1, sampling.setup().components().process().steps() / 2);
      int step = start.orElse(half);
      float[] cells =
          sampling
              .generator()
              .figures(sampling.random(), sampling.label(), sampling.listener())
              .fromPicture(values, step, count);
      SampleRenderer.plain(shape).writeRows(cells, 1 + count, target);
      return List.of(
          "the image diffused to step %d (top) and denoised (bottom): %s".formatted(step, target));
    }
  }

  /**
   * An inpainted image: a figure with the image, its mask and all results; and the results alone,
   * as an array or a folder of pictures.
   *
   * @param picture the file of the image
   * @param mask the file of the mask
   * @param count number of results
   */
  record InpaintedPicture(Path picture, Path mask, RepaintSchedule resampling, int count)
      implements SamplingTask {

    private static final int RESULTS_IN_A_ROW = 8;

    @Override
    public String file(long seed) {
      return "inpainting-seed-%d.png".formatted(seed);
    }

    @Override
    public int most(DataShape shape, int classes) {
      return count;
    }

    /** For a picture, the results go to a folder of the same name. */
    @Override
    public List<String> draw(Sampling sampling, Path target) throws IOException {
      requireRoom(sampling.shape(), count);
      DataShape shape = requireSquare(sampling.shape());
      Path figure = SampleOutput.to(target, shape, count + 2, true).picture().orElseThrow();
      Path alone =
          figure.equals(target)
              ? Path.of(target.toString().replaceFirst("(?i)\\.png$", ""))
              : target;
      SampleOutput results = SampleOutput.to(alone, shape, count, false);
      MaskedImage image = MaskedImage.read(picture, mask, shape);
      image.changes().forEach(change -> sampling.listener().onMessage("note: " + change));
      float[] made =
          sampling
              .generator()
              .inpaint(
                  image,
                  resampling,
                  sampling.random(),
                  count,
                  sampling.label(),
                  sampling.listener());
      int size = shape.size();
      float[] cells = Arrays.copyOf(image.values(), 2 * size + made.length);
      System.arraycopy(image.mask(), 0, cells, size, size);
      System.arraycopy(made, 0, cells, 2 * size, made.length);
      SampleRenderer.plain(shape).writeRows(cells, 2 + Math.min(count, RESULTS_IN_A_ROW), figure);
      results.writeApart(made, 0);
      return List.of(
          "the image, its mask and the results: " + figure, "the results alone: " + alone);
    }
  }

  private static void requireRoom(DataShape shape, long examples) {
    long most = MinimumMemory.mostGenerated(shape, Runtime.getRuntime().maxMemory());
    if (examples > most) {
      throw new RefusedException(
          "%,d samples do not fit in memory, only %,d; use a smaller --count"
              .formatted(examples, most));
    }
  }

  /** Checks that the examples are square images, as image files are resized to squares. */
  private static DataShape requireSquare(DataShape shape) {
    if (!shape.isImage() || !SampleRenderer.canShow(shape) || shape.height() != shape.width()) {
      throw new RefusedException(
          "an image does not fit examples of shape %s; choose a run of square images"
              .formatted(shape));
    }
    return shape;
  }

  private static void requirePicture(Path target) {
    if (!target.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
      throw new RefusedException("a figure is written as .png; got %s".formatted(target));
    }
  }
}
