package io.ddgan.cli.command;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import io.ddgan.api.TrialLauncher;
import io.ddgan.app.environment.Backend;
import io.ddgan.app.experiment.TrainedRun;
import io.ddgan.app.experiment.TrainedRuns;
import io.ddgan.app.models.Models;
import io.ddgan.app.parts.PartedSamples;
import io.ddgan.app.parts.PartedWork;
import io.ddgan.app.parts.PartedWork.Source;
import io.ddgan.app.parts.PartsOptions;
import io.ddgan.app.sampling.ClassOutput;
import io.ddgan.app.sampling.Figure;
import io.ddgan.app.sampling.InpaintedOutput;
import io.ddgan.app.sampling.SampleOutput;
import io.ddgan.cli.options.CheckpointOptions;
import io.ddgan.cli.options.ClassOption;
import io.ddgan.cli.options.CommonOptions;
import io.ddgan.cli.options.PictureOptions;
import io.ddgan.cli.options.RunConverter;
import io.ddgan.cli.options.SamplingOptions;
import io.ddgan.cli.options.Usage;
import io.ddgan.cli.terminal.Interruption;
import io.ddgan.cli.terminal.Quantities;
import io.ddgan.cli.terminal.Terminal;
import io.ddgan.cli.terminal.WorkProgress;
import io.ddgan.internal.config.Binder;
import io.ddgan.internal.file.Writable;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.data.ImageFile;
import io.ddgan.train.data.MaskedImage;
import io.ddgan.train.evaluation.ExampleRange;
import io.ddgan.train.experiment.LeastMemory;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.picture.Pictures;
import io.ddgan.train.run.RunClasses;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.sampling.Figures;
import io.ddgan.train.sampling.TrainedGenerator;
import io.ddgan.train.step.TrainingState;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ddgan sample}: generates examples with a run's averaged weights. */
@Command(
    name = "sample",
    description = "Generate examples with a run's weights, by default the latest, averaged ones.",
    mixinStandardHelpOptions = true)
final class SampleCommand implements Subcommand {

  private static final int SAMPLES = 64;
  private static final int FIGURE_ROWS = 8;
  private static final int FIGURE_POINTS = 3000;
  private static final int FIGURE_COLUMNS = 9;
  private static final String INSTEAD = "name another file with --out";

  private final CommonOptions options;
  private final TrainedRuns runs;
  private final Binder binder;

  @Parameters(
      index = "0",
      paramLabel = "RUN|MODEL",
      converter = RunConverter.class,
      description = "The run's folder, or one of ddgan models.")
  private Path run;

  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      arity = "0..*",
      description = "Another sampler than the run's, such as sampler.type=ddim sampler.steps=50.")
  private List<String> overrides = List.of();

  @Mixin private SamplingOptions sampling;

  @Mixin private CheckpointOptions checkpoint;

  @Option(
      names = "--count",
      paramLabel = "N",
      description =
          "How many examples (default: 64; in a figure, of a picture and of each class 8, or 3000"
              + " points).")
  private Optional<Integer> count = Optional.empty();

  @Option(
      names = "--first",
      paramLabel = "K",
      description =
          "Number of the first example (default: 0). At a multiple of --batch, they have the"
              + " same bits as in one run from 0.")
  private int first;

  @Mixin private PartsOptions parts;

  @Mixin private ClassOption which;

  @Option(
      names = "--out",
      paramLabel = "FILE.png|FILE.npz|FOLDER",
      description =
          "One picture, an array, or a picture each (default: RUN/samples/seed-S.png; of a model"
              + " MODEL-seed-S.png).")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--grid", description = "Besides an array or a folder, one picture of all.")
  private boolean grid;

  @Option(
      names = "--figure",
      paramLabel = "chain|latents|interpolation",
      description =
          "Show how the generator works instead: the chain from noise to samples (PNG and GIF), many"
              + " latent vectors for one x_1, or the way from one sample's latent vectors to others.")
  private Optional<Figure> figure = Optional.empty();

  @Option(
      names = "--columns",
      paramLabel = "N",
      description = "Pictures in a row of a figure (default: 9).")
  private Optional<Integer> columns = Optional.empty();

  @Mixin private PictureOptions picture;

  @Spec private CommandSpec spec;

  @Inject
  SampleCommand(CommonOptions options, TrainedRuns runs, Binder binder) {
    this.options = options;
    this.runs = runs;
    this.binder = binder;
  }

  @Override
  public Integer call() throws IOException {
    Usage.requireAtLeast(1, spec, "--count", count.orElse(1));
    Usage.requireAtLeast(2, spec, "--columns", columns.orElse(2));
    Usage.require(spec, columns.isEmpty() || figure.isPresent(), "--columns goes with --figure");
    picture.check();
    boolean isPicture = picture.picture().isPresent();
    Usage.require(spec, !isPicture || figure.isEmpty(), "--from-image is a figure of its own");
    Usage.require(
        spec,
        !which.isAll() || (figure.isEmpty() && !isPicture),
        "--class all shows samples; a figure or --from-image goes with one class");
    boolean isFigure = figure.isPresent() || picture.step().isPresent();
    Usage.require(
        spec,
        !isFigure || (!grid && out.map(p -> p.toString().endsWith(".png")).orElse(true)),
        "a figure is one picture; name it with --out FILE.png");
    Usage.require(
        spec, !grid || picture.mask().isEmpty(), "--mask shows all results in one picture anyway");
    requireSamples(isFigure || isPicture);
    RunFolder folder = new RunFolder(run);
    TrainedRun trained = runs.open(folder, overrides, Set.of("sampler"));
    TrialLauncher launcher = parts.launcher(binder);
    Setup setup = trained.setup();
    Backend.load();
    RunCheckpoints checkpoints = trained.checkpoints();
    Checkpoint loaded = checkpoint.weights().withAverage(checkpoints, checkpoint.step(checkpoints));
    long most = isFigure ? Integer.MAX_VALUE : examples(TrainingState.classes(loaded));
    // The last bits of a range are those of all examples, whose batches may be larger than it.
    Optional<Integer> batch = sampling.batch().map(asked -> (int) Math.min(asked, first + most));
    try (TrainedGenerator generator = trained.load(loaded, checkpoint.weights(), batch);
        WorkProgress progress =
            new WorkProgress(spec.commandLine().getErr(), Terminal.isTerminal())) {
      if (which.isAll()) {
        sampleClasses(setup, ClassOption.of(folder, generator), generator, progress);
        return ExitCode.OK;
      }
      Optional<Integer> label = which.label(folder, generator);
      if (picture.mask().isPresent()) {
        inpaint(setup, generator, label, progress);
      } else if (isFigure) {
        draw(setup, generator, label, progress);
      } else {
        return sample(setup, generator, label, launcher, progress);
      }
    }
    return ExitCode.OK;
  }

  /** What can be cut, or begin in the middle. */
  private void requireSamples(boolean isFigure) {
    parts.check();
    Usage.requireAtLeast(0, spec, "--first", first);
    boolean areSamples = !isFigure && !which.isAll();
    Usage.require(
        spec,
        first == 0 || areSamples,
        "--first goes with samples, not with a figure or all classes");
    Usage.require(
        spec,
        parts.parts().isEmpty() || (areSamples && first == 0),
        "--parts goes with samples from the first on, not with a figure, all classes or --first");
    Usage.require(
        spec,
        parts.parts().isPresent() || (parts.workers().isEmpty() && !parts.hasLauncher()),
        "--workers and --launcher go with --parts");
    long end = first + (long) count.orElse(SAMPLES);
    Usage.require(
        spec,
        end <= Integer.MAX_VALUE,
        "--first and --count go beyond example %,d, the last one".formatted(Integer.MAX_VALUE));
  }

  /** How many examples there are going to be, of samples and where a part of a picture is made. */
  private long examples(int classes) {
    return which.isAll()
        ? (long) count.orElse(FIGURE_ROWS) * Math.max(1, classes)
        : count.orElse(picture.mask().isPresent() ? FIGURE_ROWS : SAMPLES);
  }

  private int sample(
      Setup setup,
      TrainedGenerator generator,
      Optional<Integer> label,
      TrialLauncher launcher,
      WorkProgress progress)
      throws IOException {
    int examples = count.orElse(SAMPLES);
    requireRoom(examples, generator);
    long seed = sampling.seed(setup);
    String from = first == 0 ? "" : "-from-%d".formatted(first);
    Path target = target("seed-%d%s.png".formatted(seed, from), generator);
    SampleOutput output = SampleOutput.to(target, generator.shape(), examples, grid);
    long began = System.nanoTime();
    Optional<float[]> made =
        parts.parts().isPresent()
            ? inParts(generator, seed, label, launcher, progress)
            : Optional.of(
                generator.sample(
                    new RandomStreams(seed), new ExampleRange(first, examples), label, progress));
    progress.finish();
    if (made.isEmpty()) {
      note("not all examples were made; continue with the same command");
      return ExitCode.SOFTWARE;
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    String what = ClassOption.examples(label, new RunFolder(run), generator);
    for (Path file : output.write(made.get(), first, setup)) {
      print("%,d %s of step %d: %s".formatted(examples, what, generator.step(), file));
    }
    long others = output.others(first, examples);
    if (others > 0) {
      note("%s has %,d other files, which were left as they are".formatted(target, others));
    }
    print(
        "generated in %s s with %s of the generator each"
            .formatted(
                new BigDecimal(seconds).round(new MathContext(3)).toPlainString(),
                Quantities.count(generator.evaluations(), "evaluation")));
    return ExitCode.OK;
  }

  private Optional<float[]> inParts(
      TrainedGenerator generator,
      long seed,
      Optional<Integer> label,
      TrialLauncher launcher,
      WorkProgress progress)
      throws IOException {
    List<String> others = new ArrayList<>(overrides);
    others.addAll(options.words());
    Source source = new Source(new RunFolder(run), generator.step(), checkpoint.weights());
    try (Interruption stop =
        Interruption.listen(
            spec.commandLine().getErr(), "stopping; the parts that are made are kept")) {
      PartedWork work = new PartedWork(launcher, parts.workersOfParts(launcher), stop);
      return new PartedSamples(work, source, parts.parts().orElseThrow(), others)
          .make(generator, seed, label, count.orElse(SAMPLES), options.cache(), progress);
    }
  }

  private void sampleClasses(
      Setup setup, RunClasses classes, TrainedGenerator generator, WorkProgress progress)
      throws IOException {
    int each = count.orElse(FIGURE_ROWS);
    requireRoom((long) each * classes.count(), generator);
    long seed = sampling.seed(setup);
    Path target = target("classes-seed-%d.png".formatted(seed), generator);
    ClassOutput output = ClassOutput.to(target, generator.shape(), classes, each, grid);
    float[] samples = generator.sampleEachClass(new RandomStreams(seed), each, progress);
    progress.finish();
    for (Path file : output.write(samples, setup)) {
      print(
          "%s of each class of step %d: %s"
              .formatted(Quantities.count(each, "example"), generator.step(), file));
    }
    print(output.legend());
  }

  private void inpaint(
      Setup setup, TrainedGenerator generator, Optional<Integer> label, WorkProgress progress)
      throws IOException {
    int results = count.orElse(FIGURE_ROWS);
    requireRoom(results, generator);
    long seed = sampling.seed(setup);
    Path target = target("inpainting-seed-%d.png".formatted(seed), generator);
    DataShape shape = requireSquare(generator.shape());
    InpaintedOutput output = InpaintedOutput.to(target, shape, results);
    MaskedImage image =
        MaskedImage.read(picture.picture().orElseThrow(), picture.mask().orElseThrow(), shape);
    image.changes().forEach(this::note);
    float[] made =
        generator.inpaint(
            image, picture.resampling(), new RandomStreams(seed), results, label, progress);
    progress.finish();
    print("the picture, its mask and what was made: " + output.write(image, made, setup));
    print("each result alone: " + output.results());
  }

  private void draw(
      Setup setup, TrainedGenerator generator, Optional<Integer> label, WorkProgress progress)
      throws IOException {
    int rows = count.orElse(generator.shape().isImage() ? FIGURE_ROWS : FIGURE_POINTS);
    int shown = columns.orElse(FIGURE_COLUMNS);
    requireRoom(rows * (1L + Math.max(shown, rows)), generator);
    long seed = sampling.seed(setup);
    String name = figure.map(f -> f.name().toLowerCase(Locale.ROOT)).orElse("from-image");
    Path file = target("%s-seed-%d.png".formatted(name, seed), generator);
    Figures figures = generator.figures(new RandomStreams(seed), label, progress);
    if (figure.isPresent()) {
      Pictures pictures = figure.get().pictures(setup, generator.shape());
      for (Path written : figure.get().draw(figures, pictures, rows, shown, file)) {
        print("%s: %s".formatted(figure.get().meaning(), written));
      }
      return;
    }
    DataShape shape = requireSquare(generator.shape());
    float[] values = new float[shape.size()];
    ImageFile.fit(picture.picture().orElseThrow(), shape, values).ifPresent(this::note);
    int step = picture.step().orElseThrow();
    float[] cells = figures.fromPicture(values, step, rows);
    Pictures.plain(shape).writeRows(cells, 1 + rows, file);
    print("the picture, diffused to step %d above, denoised below: %s".formatted(step, file));
  }

  /** Files with pictures become squares. */
  private static DataShape requireSquare(DataShape shape) {
    if (!shape.isImage()) {
      throw new RefusedException("the run makes points; --from-image is for runs of images");
    }
    if (!Pictures.canShow(shape) || shape.height() != shape.width()) {
      throw new RefusedException(
          "a picture cannot be made an example of the shape %s".formatted(shape));
    }
    return shape;
  }

  private void note(String change) {
    spec.commandLine().getErr().println("note: " + change);
  }

  /** Where the result goes: as asked for, else among the run's samples, or a model's here. */
  private Path target(String name, TrainedGenerator generator) throws IOException {
    String file = checkpoint.prefix(generator.step()) + name;
    Path own =
        Models.ofDistribution()
            .name(run)
            .map(model -> Path.of(model + "-" + file))
            .orElseGet(() -> new RunFolder(run).samples().resolve(file));
    Path target = out.orElse(own);
    Writable.require(target, INSTEAD);
    return target;
  }

  private void requireRoom(long examples, TrainedGenerator generator) {
    long most = LeastMemory.mostGenerated(generator.shape(), Runtime.getRuntime().maxMemory());
    Usage.require(
        spec,
        examples <= most,
        "--count is too large; at most %,d examples can be generated at once".formatted(most));
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
  }
}
