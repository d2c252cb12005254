package io.ddgan.app.sampling;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import io.ddgan.app.text.Quantities;
import io.ddgan.train.data.MaskedImage;
import io.ddgan.train.data.Picture;
import io.ddgan.train.experiment.MinimumMemory;
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

/** What is made with a generator: samples of some kind, or a figure of how it works. */
public sealed interface SamplingTask {

  /** What a file of it is called where no other name is wanted. */
  String file(long seed);

  /**
   * How many examples are generated at once, where that is known.
   *
   * @param classes number of classes that the generator tells apart, 0 if it does not look at them
   */
  default int most(int classes) {
    return Integer.MAX_VALUE;
  }

  /**
   * Makes it.
   *
   * @param target a picture, or what else it can be written to
   * @return lines that say what is where
   * @throws io.ddgan.api.RefusedException if the generator cannot make it, or the target cannot
   *     hold it; the message says what can be done instead
   */
  List<String> draw(Sampling sampling, Path target) throws IOException;

  /** What generates examples of a seed. */
  @FunctionalInterface
  interface Source {

    /** This process. */
    Source HERE =
        (sampling, range) ->
            sampling
                .generator()
                .sample(sampling.random(), range, sampling.label(), sampling.listener());

    /** Generates {@code [count, ...shape]}. */
    float[] make(Sampling sampling, ExampleRange range) throws IOException;
  }

  /**
   * Examples of a seed, as one picture, an array, or a picture each.
   *
   * @param range which of its examples
   * @param grid whether one picture of all is wanted in addition to an array or a folder
   * @param source what generates them
   */
  record Samples(ExampleRange range, boolean grid, Source source) implements SamplingTask {

    @Override
    public String file(long seed) {
      String from = range.first() == 0 ? "" : "-from-%d".formatted(range.first());
      return "seed-%d%s.png".formatted(seed, from);
    }

    @Override
    public int most(int classes) {
      return range.end(); // a range has the bits of all examples, whose batches may be larger
    }

    @Override
    public List<String> draw(Sampling sampling, Path target) throws IOException {
      requireRoom(sampling.shape(), range.count());
      SampleOutput output = SampleOutput.to(target, sampling.shape(), range.count(), grid);
      String kind =
          sampling.label().isEmpty()
              ? "examples"
              : "examples of class " + sampling.classes().title(sampling.label().get());
      long began = System.nanoTime();
      float[] made = source.make(sampling, range);
      double seconds = (System.nanoTime() - began) / 1e9;
      output.write(made, range.first(), sampling.setup());
      List<String> lines = output.lines("%,d %s".formatted(range.count(), kind), sampling);
      lines.add(
          "generated in %s s with %s of the generator each"
              .formatted(
                  new BigDecimal(seconds).round(new MathContext(3)).toPlainString(),
                  Quantities.count(sampling.generator().evaluations(), "evaluation")));
      return lines;
    }
  }

  /**
   * Examples of each class: a picture with a row for each, whose description names them; an array,
   * class after class; or a folder with a folder for each.
   *
   * @param each how many of each class
   * @param grid whether the picture is wanted in addition to an array or a folder
   */
  record ClassRows(int each, boolean grid) implements SamplingTask {

    @Override
    public String file(long seed) {
      return "classes-seed-%d.png".formatted(seed);
    }

    @Override
    public int most(int classes) {
      return (int) Math.min(Integer.MAX_VALUE, (long) each * Math.max(1, classes));
    }

    @Override
    public List<String> draw(Sampling sampling, Path target) throws IOException {
      RunClasses classes = sampling.classes();
      DataShape shape = sampling.shape();
      requireRoom(shape, (long) each * classes.count());
      SampleOutput output = SampleOutput.to(target, shape, each * classes.count(), grid);
      if (output.picture().isPresent() && !shape.isImage()) {
        throw new RefusedException("only images are shown class by class; write an array, .npz");
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
      String what = Quantities.count(each, "example") + " of each class";
      List<String> lines = output.lines(what, sampling);
      lines.add("classes in this order: " + names);
      return lines;
    }
  }

  /**
   * A figure of how a generator works.
   *
   * @param count how many samples it is about; as many as suit the data if empty
   * @param columns how many pictures there are of each, at least 2
   */
  record Figure(Kind kind, Optional<Integer> count, int columns) implements SamplingTask {

    private static final int ROWS = 8;
    private static final int POINTS = 3000;

    /** States that an animation has at most. */
    private static final int FRAMES = 40;

    /** What a figure shows. */
    public enum Kind {
      TRAJECTORY("the way from noise to samples, as a strip and as an animation"),
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
      requirePicture(target);
      DataShape shape = sampling.shape();
      int rows = count.orElse(shape.isImage() ? ROWS : POINTS);
      requireRoom(shape, rows * (1L + Math.max(columns, rows)));
      if (!SampleRenderer.canShow(shape) || (kind != Kind.TRAJECTORY && !shape.isImage())) {
        throw new RefusedException(
            "examples of the shape %s cannot be shown in this figure".formatted(shape));
      }
      Figures figures =
          sampling.generator().figures(sampling.random(), sampling.label(), sampling.listener());
      SampleRenderer pictures = SampleOutput.pictures(sampling.setup(), shape);
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
      return List.of(line(file), line(animation));
    }

    private String line(Path file) {
      return "%s: %s".formatted(kind.meaning, file);
    }
  }

  /**
   * A figure of a picture that is diffused to a step and denoised from there.
   *
   * @param picture its file
   * @param step the step, from 1 to T
   * @param count how many results
   */
  record DiffusedPicture(Path picture, int step, int count) implements SamplingTask {

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
      float[] cells =
          sampling
              .generator()
              .figures(sampling.random(), sampling.label(), sampling.listener())
              .fromPicture(values, step, count);
      SampleRenderer.plain(shape).writeRows(cells, 1 + count, target);
      return List.of(
          "the picture, diffused to step %d above, denoised below: %s".formatted(step, target));
    }
  }

  /**
   * A picture of which a part is generated: the picture, its mask and all results side by side; and
   * the results alone, as an array or in a folder with a picture each.
   *
   * @param picture its file
   * @param mask a file that says which part
   * @param count how many results
   */
  record InpaintedPicture(Path picture, Path mask, RepaintSchedule resampling, int count)
      implements SamplingTask {

    private static final int RESULTS_IN_A_ROW = 8;

    @Override
    public String file(long seed) {
      return "inpainting-seed-%d.png".formatted(seed);
    }

    @Override
    public int most(int classes) {
      return count;
    }

    /** Next to a picture, a folder of the same name gets the results. */
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
          "the picture, its mask and what was made: " + figure, "each result alone: " + alone);
    }
  }

  private static void requireRoom(DataShape shape, long examples) {
    long most = MinimumMemory.mostGenerated(shape, Runtime.getRuntime().maxMemory());
    if (examples > most) {
      throw new RefusedException(
          "%,d examples do not fit into memory; at most %,d can be generated at once"
              .formatted(examples, most));
    }
  }

  /** Pictures out of files become squares. */
  private static DataShape requireSquare(DataShape shape) {
    if (!shape.isImage() || !SampleRenderer.canShow(shape) || shape.height() != shape.width()) {
      throw new RefusedException(
          "a picture cannot be made an example of the shape %s; name a run of square images"
              .formatted(shape));
    }
    return shape;
  }

  private static void requirePicture(Path target) {
    if (!target.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
      throw new RefusedException(
          "a figure is one picture, whose name ends in .png, unlike %s".formatted(target));
    }
  }
}
