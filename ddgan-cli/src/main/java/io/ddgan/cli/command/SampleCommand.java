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

/** {@code ddgan sample}: generates examples with a run's averaged weights. */
@Command(
    name = "sample",
    description = "Generate examples with a run's weights, by default the latest, averaged ones.")
final class SampleCommand extends Subcommand {

  private static final int SAMPLES = 64;
  private static final int RESULTS = 8;

  private final AppFolders places;
  private final Experiments experiments;
  private final Binder binder;

  @Parameters(
      index = "0",
      paramLabel = "RUN|MODEL",
      description = "The run's folder, or one of ddgan models.")
  private RunFolder run;

  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      arity = "0..*",
      description = "Another sampler than the run's, such as sampler.type=ddim sampler.steps=50.")
  private List<String> overrides = List.of();

  @Mixin private SamplingOptions sampling;

  @Option(
      names = "--count",
      paramLabel = "N",
      converter = Positive.class,
      description =
          "How many examples (default: 64; in a figure, of a picture and of each class 8, or 3000"
              + " points).")
  private Optional<Integer> count = Optional.empty();

  @Mixin private PartsOptions parts;

  @Option(
      names = "--class",
      paramLabel = "K|NAME|all",
      description =
          "The class of all examples of a class-conditional generator: its name in the data, or its"
              + " number, counted from 0; or a row of examples of each class (default: each"
              + " example's own, drawn uniformly).")
  private Optional<String> label = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "FILE.png|FILE.npz|FOLDER",
      description =
          "One picture, an array, or a picture each (default: RUN/samples/seed-S.png; of a model"
              + " MODEL-seed-S.png).")
  private Optional<Path> out = Optional.empty();

  @ArgGroup private What what = new What();

  /** What is made: samples, a figure, or what becomes of a picture. */
  private static final class What {

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
          names = "--offset",
          paramLabel = "K",
          description =
              "Number of the first example (default: 0). At a multiple of --batch-size, they have the"
                  + " same bits as in one run from 0.")
      private int first;
    }

    private static final class FigureGroup {

      @Option(
          names = "--figure",
          required = true,
          paramLabel = "trajectory|latents|interpolation",
          description =
              "Show how the generator works instead: the trajectory from noise to samples (PNG and GIF), many"
                  + " latent vectors for one x_1, or the way from one sample's latent vectors to others.")
      private SamplingTask.Figure.Kind kind;

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
                  + " (--start-time), or generate a part of it (--mask).")
      private Path file;

      @ArgGroup(multiplicity = "1")
      private WayGroup way;
    }

    private static final class WayGroup {

      @Option(
          names = "--start-time",
          required = true,
          paramLabel = "K",
          description = "The step to which --from-image diffuses, from 1 to T.")
      private int step;

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
          names = "--jump-length",
          paramLabel = "J",
          defaultValue = "1",
          description = "With --resample: repeat J steps at a time (default: 1).")
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
    int most = drawing.most(TrainingState.classes(loaded));
    Optional<Integer> batch = sampling.batch().map(asked -> Math.min(asked, most));
    List<String> lines;
    try (TrainedGenerator generator = trained.load(loaded, sampling.weights(), batch);
        TerminalProgress progress = new TerminalProgress(err())) {
      long seed = sampling.seed().orElse(trained.setup().experiment().seed());
      Optional<Integer> one =
          label.isEmpty() || isOfEachClass()
              ? Optional.empty()
              : Optional.of(trained.classes(generator).number(label.get()));
      Sampling drawn = new Sampling(trained, generator, seed, one, progress);
      lines = drawing.draw(drawn, target(drawing.file(seed), generator.step()));
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
        "--parts and --class all go with samples from the first on, not with a figure or a picture");
    require(!isInParts || !isOfEachClass(), "--parts does not go with --class all");
    require(
        isInParts || (parts.workers().isEmpty() && !parts.hasLauncher()),
        "--workers and --launcher go with --parts");
    if (what.figure != null) {
      return new SamplingTask.Figure(what.figure.kind, count, what.figure.columns);
    }
    int results = count.orElse(RESULTS);
    if (what.picture != null) {
      Path picture = what.picture.file;
      What.MaskGroup mask = what.picture.way.mask;
      return mask == null
          ? new SamplingTask.DiffusedPicture(picture, what.picture.way.step, results)
          : new SamplingTask.InpaintedPicture(
              picture, mask.file, new RepaintSchedule(mask.times, mask.jump), results);
    }
    if (isOfEachClass()) {
      return new SamplingTask.ClassRows(results, what.samples.grid);
    }
    ExampleRange all = new ExampleRange(what.samples.first, count.orElse(SAMPLES));
    ProcessLauncher launcher = parts.launcher(binder);
    return new SamplingTask.Samples(
        all,
        what.samples.grid,
        isInParts ? (drawn, range) -> inParts(drawn, range, launcher) : SamplingTask.Source.HERE);
  }

  private float[] inParts(Sampling drawn, ExampleRange range, ProcessLauncher launcher)
      throws IOException {
    try (Interruption stop =
        Interruption.listen(err(), "stopping; the parts that are made are kept")) {
      return parts
          .samples(launcher, run, sampling.weights(), overrides, places)
          .make(
              drawn.generator(), drawn.seed(), drawn.label(), range.count(), drawn.listener(), stop)
          .orElseThrow(
              () -> new IOException("not all examples were made; continue with the same command"));
    }
  }

  /** Where the result goes: as asked for, else among the run's samples, or a model's here. */
  private Path target(String name, long step) throws IOException {
    String file = sampling.prefix(step) + name;
    Path target =
        out.or(() -> Models.ofDistribution().name(run.root()).map(m -> Path.of(m + "-" + file)))
            .orElseGet(() -> run.samples().resolve(file));
    WriteCheck.require(target, "name another file with --out");
    return target;
  }
}
