package io.ddgan.cli.command;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import io.ddgan.cli.environment.Backend;
import io.ddgan.cli.experiment.Experiments;
import io.ddgan.cli.experiment.Setups;
import io.ddgan.cli.options.CheckpointOptions;
import io.ddgan.cli.options.SamplingOptions;
import io.ddgan.cli.options.Usage;
import io.ddgan.cli.sampling.Figure;
import io.ddgan.cli.sampling.SampleOutput;
import io.ddgan.cli.terminal.Terminal;
import io.ddgan.cli.terminal.WorkProgress;
import io.ddgan.config.ConfigurationException;
import io.ddgan.file.Writable;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.data.ImageFile;
import io.ddgan.train.experiment.LeastMemory;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.picture.Pictures;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.sampling.Figures;
import io.ddgan.train.sampling.TrainedGenerator;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
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

  private final Experiments experiments;
  private final Setups setups;

  @Parameters(index = "0", paramLabel = "RUN", description = "The run's folder.")
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
      description = "How many examples (default: 64; in a figure 8, or 3000 points).")
  private Optional<Integer> count = Optional.empty();

  @Option(
      names = "--class",
      paramLabel = "K",
      description =
          "The class of all examples, counted from 0, of a class-conditional generator (default:"
              + " each example's own, drawn uniformly).")
  private Optional<Integer> label = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "FILE.png|FILE.npz|FOLDER",
      description = "One picture, an array, or a picture each (default: RUN/samples/seed-S.png).")
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

  @Option(
      names = "--from-image",
      paramLabel = "FILE",
      description = "Diffuse this picture to a step and denoise it, instead of pure noise.")
  private Optional<Path> picture = Optional.empty();

  @Option(
      names = "--at-step",
      paramLabel = "K",
      description = "The step to which --from-image diffuses, from 1 to T.")
  private Optional<Integer> step = Optional.empty();

  @Spec private CommandSpec spec;

  @Inject
  SampleCommand(Experiments experiments, Setups setups) {
    this.experiments = experiments;
    this.setups = setups;
  }

  @Override
  public Integer call() throws IOException {
    Usage.requireAtLeast(1, spec, "--count", count.orElse(1));
    Usage.requireAtLeast(2, spec, "--columns", columns.orElse(2));
    Usage.require(spec, columns.isEmpty() || figure.isPresent(), "--columns goes with --figure");
    Usage.require(
        spec, picture.isPresent() == step.isPresent(), "--from-image goes with --at-step");
    Usage.require(
        spec, picture.isEmpty() || figure.isEmpty(), "--from-image is a figure of its own");
    boolean isFigure = figure.isPresent() || picture.isPresent();
    Usage.require(
        spec,
        !isFigure || (!grid && out.map(p -> p.toString().endsWith(".png")).orElse(true)),
        "a figure is one picture; name it with --out FILE.png");
    RunFolder folder = new RunFolder(run);
    folder.requireRun();
    Setup setup = setups.of(experiments.trained(folder, overrides, Set.of("sampler")));
    Backend.load();
    RunCheckpoints checkpoints = RunCheckpoints.of(folder);
    Checkpoint loaded = checkpoints.load(checkpoint.step(checkpoints));
    int most = isFigure ? Integer.MAX_VALUE : count.orElse(SAMPLES);
    Optional<Integer> batch = sampling.batch().map(asked -> Math.min(asked, most));
    try (TrainedGenerator generator = load(setup, loaded, batch);
        WorkProgress progress =
            new WorkProgress(spec.commandLine().getErr(), Terminal.isTerminal())) {
      if (isFigure) {
        draw(setup, generator, progress);
      } else {
        sample(setup, generator, progress);
      }
    }
    return ExitCode.OK;
  }

  private TrainedGenerator load(Setup setup, Checkpoint loaded, Optional<Integer> batch)
      throws IOException {
    try {
      return TrainedGenerator.load(setup, loaded, checkpoint.weights(), batch, label);
    } catch (ConfigurationException e) {
      String trained = new RunFolder(run).experiment().toString();
      throw e.locatedIn(experiments.written(trained, overrides));
    }
  }

  private void sample(Setup setup, TrainedGenerator generator, WorkProgress progress)
      throws IOException {
    int examples = count.orElse(SAMPLES);
    requireRoom(examples, generator);
    long seed = sampling.seed(setup);
    Path target = out.orElseGet(() -> file("seed-%d.png".formatted(seed), generator));
    Writable.require(target, INSTEAD);
    SampleOutput output = SampleOutput.to(target, generator.shape(), examples, grid);
    long began = System.nanoTime();
    float[] samples = generator.sample(new RandomStreams(seed), examples, progress);
    progress.finish();
    double seconds = (System.nanoTime() - began) / 1e9;
    for (Path file : output.write(samples, setup)) {
      print("%,d examples of step %d: %s".formatted(examples, generator.step(), file));
    }
    print(
        "generated in %s s with %,d %s of the generator each"
            .formatted(
                new BigDecimal(seconds).round(new MathContext(3)).toPlainString(),
                generator.evaluations(),
                generator.evaluations() == 1 ? "evaluation" : "evaluations"));
  }

  private void draw(Setup setup, TrainedGenerator generator, WorkProgress progress)
      throws IOException {
    int rows = count.orElse(generator.shape().isImage() ? FIGURE_ROWS : FIGURE_POINTS);
    int shown = columns.orElse(FIGURE_COLUMNS);
    requireRoom(rows * (1L + Math.max(shown, rows)), generator);
    long seed = sampling.seed(setup);
    String name = figure.map(f -> f.name().toLowerCase(Locale.ROOT)).orElse("from-image");
    Path file = out.orElseGet(() -> file("%s-seed-%d.png".formatted(name, seed), generator));
    Writable.require(file, INSTEAD);
    Figures figures = generator.figures(new RandomStreams(seed), progress);
    if (figure.isPresent()) {
      Pictures pictures = figure.get().pictures(setup, generator.shape());
      for (Path written : figure.get().draw(figures, pictures, rows, shown, file)) {
        print("%s: %s".formatted(figure.get().meaning(), written));
      }
      return;
    }
    DataShape shape = generator.shape();
    if (!Pictures.canShow(shape) || !shape.isImage() || shape.height() != shape.width()) {
      throw new RefusedException(
          "a picture cannot be made an example of the shape %s".formatted(shape));
    }
    float[] values = new float[shape.size()];
    ImageFile.read(picture.orElseThrow(), shape, values, 0);
    float[] cells = figures.fromPicture(values, step.orElseThrow(), rows);
    Pictures.plain(shape).writeRows(cells, 1 + rows, file);
    print("the picture, diffused to step %d above, denoised below: %s".formatted(step.get(), file));
  }

  private Path file(String name, TrainedGenerator generator) {
    return new RunFolder(run).samples().resolve(checkpoint.prefix(generator.step()) + name);
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
