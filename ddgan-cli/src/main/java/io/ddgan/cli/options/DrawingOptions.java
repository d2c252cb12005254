package io.ddgan.cli.options;

import io.ddgan.app.sampling.DiffusedPicture;
import io.ddgan.app.sampling.Drawing;
import io.ddgan.app.sampling.Figure;
import io.ddgan.app.sampling.InpaintedPicture;
import io.ddgan.app.sampling.Samples;
import io.ddgan.train.sampling.ExampleRange;
import io.ddgan.train.sampling.Resampling;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What is made: samples, a figure, or what becomes of a picture. */
public final class DrawingOptions {

  private static final int SAMPLES = 64;
  private static final int RESULTS = 8;

  @ArgGroup(exclusive = false)
  private SamplesGroup samples = new SamplesGroup();

  @ArgGroup(exclusive = false)
  private FigureGroup figure;

  @ArgGroup(exclusive = false)
  private PictureGroup picture;

  private static final class SamplesGroup {

    @Option(names = "--grid", description = "Besides an array or a folder, one picture of all.")
    private boolean grid;

    @Option(
        names = "--first",
        paramLabel = "K",
        description =
            "Number of the first example (default: 0). At a multiple of --batch, they have the"
                + " same bits as in one run from 0.")
    private int first;
  }

  private static final class FigureGroup {

    @Option(
        names = "--figure",
        required = true,
        paramLabel = "chain|latents|interpolation",
        description =
            "Show how the generator works instead: the chain from noise to samples (PNG and GIF), many"
                + " latent vectors for one x_1, or the way from one sample's latent vectors to others.")
    private Figure.Kind kind;

    @Option(
        names = "--columns",
        paramLabel = "N",
        defaultValue = "9",
        description = "Pictures in a row of a figure (default: 9).")
    private int columns;
  }

  private static final class PictureGroup {

    @Option(
        names = "--from-image",
        required = true,
        paramLabel = "FILE",
        description =
            "Begin with this picture instead of pure noise: diffuse it to a step and denoise it"
                + " (--at-step), or generate a part of it (--mask).")
    private Path file;

    @ArgGroup(multiplicity = "1")
    private WayGroup way;
  }

  private static final class WayGroup {

    @Option(
        names = "--at-step",
        required = true,
        paramLabel = "K",
        description = "The step to which --from-image diffuses, from 1 to T.")
    private Optional<Integer> step = Optional.empty();

    @ArgGroup(exclusive = false)
    private MaskGroup mask;
  }

  private static final class MaskGroup {

    @Option(
        names = "--mask",
        required = true,
        paramLabel = "FILE",
        description =
            "Which part of --from-image is generated, by the method RePaint: a picture of its size, white"
                + " there and black elsewhere, or opaque there and transparent elsewhere.")
    private Path file;

    @Option(
        names = "--resample",
        paramLabel = "N",
        defaultValue = "1",
        description =
            "Do each step N times, diffusing back in between, so that what is generated suits the"
                + " rest better (default: 1; the paper does 10).")
    private int times;

    @Option(
        names = "--jump",
        paramLabel = "J",
        defaultValue = "1",
        description = "With --resample: repeat J steps at a time (default: 1).")
    private int jump;
  }

  /** Whether samples are made, in one of the ways that they are written. */
  public boolean areSamples() {
    return figure == null && picture == null;
  }

  /** Whether they begin with the first of the seed. */
  public boolean isFromFirst() {
    return samples.first == 0;
  }

  /** Whether one picture of all is wanted besides an array or a folder. */
  public boolean grid() {
    return samples.grid;
  }

  /**
   * What is made.
   *
   * @param count how many examples were asked for
   * @param source what generates them, if they are samples
   */
  public Drawing drawing(Optional<Integer> count, Samples.Source source) {
    if (figure != null) {
      return new Figure(figure.kind, count, figure.columns);
    }
    if (picture == null) {
      ExampleRange range = new ExampleRange(samples.first, count.orElse(SAMPLES));
      return new Samples(range, samples.grid, source);
    }
    int results = count.orElse(RESULTS);
    MaskGroup mask = picture.way.mask;
    return mask == null
        ? new DiffusedPicture(picture.file, picture.way.step.orElseThrow(), results)
        : new InpaintedPicture(
            picture.file, mask.file, new Resampling(mask.times, mask.jump), results);
  }
}
