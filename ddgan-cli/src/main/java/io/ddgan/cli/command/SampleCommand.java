package io.ddgan.cli.command;

import io.ddgan.api.ProcessLauncher;
import io.ddgan.app.environment.AppFolders;
import io.ddgan.app.environment.Backend;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.experiment.TrainedRun;
import io.ddgan.app.models.Models;
import io.ddgan.app.sampling.Sampling;
import io.ddgan.app.sampling.SamplingTask;
import io.ddgan.cli.terminal.Interruption;
import io.ddgan.cli.terminal.TerminalProgress;
import io.ddgan.internal.config.Binder;
import io.ddgan.internal.file.WriteCheck;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.sampling.ExampleRange;
import io.ddgan.train.sampling.RepaintSchedule;
import io.ddgan.train.sampling.TrainedGenerator;
import io.ddgan.train.step.TrainingState;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddgan sample}: generates samples with a run's averaged weights. */
@Command(name = "sample", description = "Generate samples from a run or a model.")
final class SampleCommand extends Subcommand {

  private static final int RESULTS = 8;

  private final AppFolders places;
  private final Experiments experiments;
  private final Binder binder;

  @Parameters(
      index = "0",
      paramLabel = "RUN|MODEL",
      description = "Folder of a run, or the name of a model (see ddgan models).")
  private RunFolder run;

  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      arity = "0..*",
      description = "Override keys of the sampler, such as sampler.type=ddim sampler.steps=50.")
  private List<String> overrides = List.of();

  @Mixin private SamplingOptions sampling;

  @Option(
      names = "--count",
      paramLabel = "N",
      converter = Positive.class,
      description =
          "Number of samples; per class with --class all (default: 64 images or 3000 points; 8 with --from-image, --class all or a figure of images).")
  private Optional<Integer> count = Optional.empty();

  @Mixin private PartsOptions parts;

  @Mixin private ThreadsOption unusedThreads; // parsing checks it

  @Option(
      names = "--class",
      paramLabel = "K|NAME|all",
      description =
          "Class to generate with a class-conditional generator, by name or number (from 0); all gives a row for each class (default: a random class for each sample).")
  private Optional<String> label = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "FILE.png|FILE.npz|FOLDER",
      description =
          "Write one picture of all samples, an array, or a folder of pictures (default: RUN/samples/seed-S.png, or MODEL-seed-S.png for a model; class-K-seed-S.png with --class K).")
  private Optional<Path> out = Optional.empty();

  @ArgGroup private What what = new What();

  /** The output: samples, a figure, or variations of a given image. */
  private static final class What {

    @ArgGroup(exclusive = false)
    private SamplesGroup samples = new SamplesGroup();

    @ArgGroup(exclusive = false)
    private FigureGroup figure;

    @ArgGroup(exclusive = false)
    private PictureGroup picture;

    private static final class SamplesGroup {

      @Option(
          names = "--grid",
          description = "With --out FILE.npz or FOLDER: also write one picture of all samples.")
      private boolean grid;

      @Option(
          names = "--offset",
          paramLabel = "K",
          description = "Index of the first sample (default: 0).")
      private int first;
    }

    private static final class FigureGroup {

      @Option(
          names = "--figure",
          required = true,
          paramLabel = "trajectory|latents|interpolation",
          description =
              "Draw a figure instead of a picture of all samples: trajectories from noise to samples (PNG and GIF); several samples from each x_1 with different latent vectors; or an interpolation between the noise and latent vectors of samples.")
      private SamplingTask.Figure.Kind kind;

      @Option(
          names = "--columns",
          paramLabel = "N",
          defaultValue = "9",
          description = "Number of columns of a figure (default: 9).")
      private int columns;
    }

    private static final class PictureGroup {

      @Option(
          names = "--from-image",
          required = true,
          paramLabel = "FILE",
          description =
              "Start from this image instead of noise: diffuse and denoise it (--start-time), or inpaint a part of it (--mask).")
      private Path file;

      @ArgGroup private WayGroup edit = new WayGroup();
    }

    private static final class WayGroup {

      @Option(
          names = "--start-time",
          paramLabel = "K",
          description =
              "Step to which --from-image is diffused, between 1 and T (default: half of T).")
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
              "Mask of the same size as --from-image. The white areas (the opaque areas if the mask has transparency) are inpainted with RePaint.")
      private Path file;

      @Option(
          names = "--resample",
          paramLabel = "N",
          defaultValue = "1",
          description =
              "Run every step N times, except the last, which runs once; diffuse in between, to blend the inpainted part with the rest (default: 1; the RePaint paper uses 10).")
      private int times;

      @Option(
          names = "--jump-length",
          paramLabel = "J",
          defaultValue = "1",
          description = "With --resample: repeat blocks of J steps (default: 1).")
      private int jump;
    }
  }

  @Inject
  SampleCommand(AppFolders places, Experiments experiments, Binder binder) {
    this.places = places;
    this.experiments = experiments;
    this.binder = binder;
  }

  @Override
  public Integer call() throws IOException {
    SamplingTask drawing = drawing();
    TrainedRun trained = experiments.open(run, overrides, Set.of("sampler"));
    Backend.load();
    RunCheckpoints checkpoints = trained.checkpoints();
    Checkpoint loaded = sampling.weights().withAverage(checkpoints, sampling.step(checkpoints));
    int most = drawing.most(TrainingState.shape(loaded), TrainingState.classes(loaded));
    int batch =
        sampling.batch().orElseGet(() -> trained.setup().experiment().training().batchSize());
    List<String> lines;
    try (TrainedGenerator generator =
            trained.load(loaded, sampling.weights(), Optional.of(Math.min(batch, most)));
        TerminalProgress progress = new TerminalProgress(err())) {
      long seed = sampling.seed().orElse(trained.setup().experiment().seed());
      Optional<Integer> one =
          label.isEmpty() || isOfEachClass()
              ? Optional.empty()
              : Optional.of(trained.classes(generator).number(label.get()));
      Sampling drawn = new Sampling(trained, generator, seed, one, progress);
      String name = one.map("class-%d-"::formatted).orElse("") + drawing.file(seed);
      lines = drawing.draw(drawn, target(name, generator.step()));
    }
    lines.forEach(out()::println);
    return ExitCode.OK;
  }

  private boolean isOfEachClass() {
    return label.filter("all"::equals).isPresent();
  }

  private SamplingTask drawing() {
    boolean isInParts = parts.parts().isPresent();
    boolean areAll = what.figure == null && what.picture == null && what.samples.first == 0;
    require(
        areAll || !(isInParts || isOfEachClass()),
        "--parts and --class all exclude --figure, --from-image and --offset");
    require(!isInParts || !isOfEachClass(), "--parts excludes --class all");
    require(
        isInParts || (parts.workers().isEmpty() && !parts.hasLauncher()),
        "--workers and --launcher require --parts");
    if (what.figure != null) {
      return new SamplingTask.Figure(what.figure.kind, count, what.figure.columns);
    }
    int results = count.orElse(RESULTS);
    if (what.picture != null) {
      Path picture = what.picture.file;
      What.MaskGroup mask = what.picture.edit.mask;
      return mask == null
          ? new SamplingTask.DiffusedPicture(picture, what.picture.edit.step, results)
          : new SamplingTask.InpaintedPicture(
              picture, mask.file, new RepaintSchedule(mask.times, mask.jump), results);
    }
    if (isOfEachClass()) {
      return new SamplingTask.ClassRows(results, what.samples.grid);
    }
    ProcessLauncher launcher = parts.launcher(binder);
    return new SamplingTask.Samples(
        what.samples.first,
        count,
        what.samples.grid,
        isInParts ? (drawn, range) -> inParts(drawn, range, launcher) : SamplingTask.Source.HERE);
  }

  private float[] inParts(Sampling drawn, ExampleRange range, ProcessLauncher launcher)
      throws IOException {
    try (Interruption stop = Interruption.listen(err(), "stopping; finished parts are kept")) {
      return parts
          .samples(launcher, run, sampling.weights(), overrides, places)
          .make(
              drawn.generator(), drawn.seed(), drawn.label(), range.count(), drawn.listener(), stop)
          .orElseThrow(
              () ->
                  new IOException(
                      "not all samples were generated; run the same command again to resume"));
    }
  }

  /**
   * Returns the output: {@code --out}, else in the run's samples, or in the working folder for a
   * model.
   */
  private Path target(String name, long step) throws IOException {
    String file = sampling.prefix(step) + name;
    Path target =
        out.or(() -> Models.ofDistribution().name(run.root()).map(m -> Path.of(m + "-" + file)))
            .orElseGet(() -> run.samples().resolve(file));
    WriteCheck.require(target, "choose another file with --out");
    return target;
  }
}
