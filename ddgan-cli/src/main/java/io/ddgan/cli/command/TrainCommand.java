package io.ddgan.cli.command;

import io.ddgan.api.Examples;
import io.ddgan.cli.environment.Backend;
import io.ddgan.cli.estimate.DryRun;
import io.ddgan.cli.estimate.MachineMemory;
import io.ddgan.cli.experiment.ExperimentSummary;
import io.ddgan.cli.experiment.Experiments;
import io.ddgan.cli.experiment.Setups;
import io.ddgan.cli.options.Invocation;
import io.ddgan.cli.options.Usage;
import io.ddgan.cli.terminal.Interruption;
import io.ddgan.cli.terminal.Terminal;
import io.ddgan.cli.terminal.TrainingProgress;
import io.ddgan.cli.training.TrainingRuns;
import io.ddgan.config.HoconRenderer;
import io.ddgan.train.data.Readers;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ddgan train}: trains an experiment in a run's folder, or goes on with it. */
@Command(
    name = "train",
    description = "Train an experiment, or go on with a run.",
    footer = {
      "",
      "All keys with their defaults: ${ROOT-COMMAND-NAME} describe experiment; those of a component, such as generator.ncsnpp:"
          + " ${ROOT-COMMAND-NAME} describe generator.ncsnpp; all components and presets: ${ROOT-COMMAND-NAME} list."
    },
    mixinStandardHelpOptions = true)
final class TrainCommand implements Subcommand {

  private final Experiments experiments;
  private final Setups setups;
  private final TrainingRuns runs;
  private final HoconRenderer renderer;
  private final Invocation invocation;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PRESET|FILE",
      description = "The experiment; not needed with --resume.")
  private Optional<String> presetOrFile = Optional.empty();

  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      arity = "0..*",
      description = "Override of a key, such as schedule.steps=2.")
  private List<String> overrides = List.of();

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description = "The run's folder; runs/<name of the experiment> by default.")
  private Optional<Path> run = Optional.empty();

  @Option(names = "--resume", description = "Go on from the run's latest checkpoint.")
  private boolean resume;

  @Option(
      names = "--dry-run",
      description =
          "Check the configuration, and the data if they are here; say what would be trained and"
              + " what that takes on this machine; stop.")
  private boolean dryRun;

  @Option(
      names = "--no-estimate",
      description = "With --dry-run: do not measure steps to estimate memory and time.")
  private boolean withoutEstimate;

  @Spec private CommandSpec spec;

  @Inject
  TrainCommand(
      Experiments experiments,
      Setups setups,
      TrainingRuns runs,
      HoconRenderer renderer,
      Invocation invocation) {
    this.experiments = experiments;
    this.setups = setups;
    this.runs = runs;
    this.renderer = renderer;
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Usage.require(spec, !withoutEstimate || dryRun, "--no-estimate goes with --dry-run");
    PrintWriter out = spec.commandLine().getOut();
    try (Readers readers = Readers.start()) { // before the library may bind this thread to one core
      RunFolder folder = new RunFolder(run.orElseGet(this::defaultFolder));
      Experiment experiment = experiment(folder);
      Setup setup = setups.of(experiment);
      Backend backend = Backend.load();
      if (dryRun) {
        DryRun dry = new DryRun(setup, backend, out);
        DryRun.Known data = dry.outline();
        if (!withoutEstimate) {
          dry.estimate(data, MachineMemory.here());
        }
        return ExitCode.OK;
      }
      try (Examples data = setup.open()) {
        out.println(ExperimentSummary.of(setup, data).text());
        out.printf("run %s%n", folder.root());
        out.flush();
        train(setup, backend, data, readers, folder, out);
      }
    }
    return ExitCode.OK;
  }

  private void train(
      Setup setup,
      Backend backend,
      Examples data,
      Readers readers,
      RunFolder folder,
      PrintWriter out)
      throws IOException, InterruptedException {
    long total = setup.experiment().training().iterations();
    try (Interruption interruption =
            Interruption.listen(spec.commandLine().getErr(), "finishing the step and saving");
        TrainingProgress progress =
            new TrainingProgress(
                out, Terminal.isTerminal(), setup.experiment().training().batch())) {
      long done = runs.train(setup, backend, data, folder, resume, readers, progress, interruption);
      progress.finish();
      if (done < total || interruption.getAsBoolean()) {
        out.printf(
            "saved step %d of %d; go on with: %s%n",
            done, total, invocation.of(List.of("train", "--resume", "--run", folder.root())));
      } else {
        out.printf(
            "all %d steps are done; more samples with: %s%n",
            total, invocation.of(List.of("sample", folder.root())));
      }
      out.flush();
    }
  }

  private Path defaultFolder() {
    Path experiment = Path.of(requirePresetOrFile());
    return Path.of("runs", experiment.getFileName().toString().replaceFirst("\\.conf$", ""));
  }

  private String requirePresetOrFile() {
    Usage.require(
        spec,
        presetOrFile.isPresent(),
        "say what to train: a preset, a file, or --resume --run DIR");
    return presetOrFile.get();
  }

  private Experiment experiment(RunFolder folder) throws IOException {
    if (!resume) {
      return experiments.read(requirePresetOrFile(), overrides);
    }
    folder.requireRun();
    Experiment saved = experiments.of(folder);
    if (presetOrFile.isPresent()) {
      requireEqual(saved, experiments.read(presetOrFile.get(), overrides), folder);
    }
    return saved;
  }

  /** A run is a function of its configuration, so it cannot go on with another one. */
  private void requireEqual(Experiment saved, Experiment asked, RunFolder folder) {
    if (!saved.equals(asked)) {
      List<String> before = renderer.render(saved).lines().map(String::strip).toList();
      String changed =
          renderer
              .render(asked)
              .lines()
              .map(String::strip)
              .filter(line -> !before.contains(line))
              .reduce((a, b) -> a + ", " + b)
              .orElse("");
      throw new ParameterException(
          spec.commandLine(),
          "the run %s was started with another configuration (now: %s); resume it without one, or start another run with --run"
              .formatted(folder.root(), changed));
    }
  }
}
