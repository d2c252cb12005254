package io.ddgan.cli.command;

import io.ddgan.api.Examples;
import io.ddgan.api.RefusedException;
import io.ddgan.app.environment.Backend;
import io.ddgan.app.environment.MachineMemory;
import io.ddgan.app.estimate.DryRun;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.experiment.Setups;
import io.ddgan.app.experiment.WeightSource;
import io.ddgan.app.training.PreparedTraining;
import io.ddgan.app.training.Resumption;
import io.ddgan.app.training.Start;
import io.ddgan.app.training.TrainingRuns;
import io.ddgan.cli.options.CommonOptions;
import io.ddgan.cli.options.Invocation;
import io.ddgan.cli.options.Usage;
import io.ddgan.cli.terminal.Interruption;
import io.ddgan.cli.terminal.Quantities;
import io.ddgan.cli.terminal.Terminal;
import io.ddgan.cli.terminal.TrainingProgress;
import io.ddgan.config.ConfigurationException;
import io.ddgan.eval.Evaluator;
import io.ddgan.internal.config.Binder;
import io.ddgan.internal.config.HoconRenderer;
import io.ddgan.train.data.Readers;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.experiment.TrainingSettings;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ddgan train}: trains an experiment in a run's folder, or goes on with it. */
@Command(
    name = "train",
    description = "Train an experiment, or continue a run.",
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
  private final CommonOptions options;
  private final Binder binder;

  @Mixin private TrainingArguments trained;

  @Option(
      names = "--init-from",
      paramLabel = "RUN[@STEP]",
      description =
          "Begin with the weights of another run whose networks are the same, of its latest"
              + " checkpoint, or that of a step or @best.")
  private Optional<String> initial = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads to compute with (default: one for each core). The last bits of the results"
              + " depend on it.")
  private Optional<Integer> threads = Optional.empty();

  @Mixin private RankOptions ranks;

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
      Invocation invocation,
      CommonOptions options,
      Binder binder) {
    this.experiments = experiments;
    this.setups = setups;
    this.runs = runs;
    this.renderer = renderer;
    this.invocation = invocation;
    this.options = options;
    this.binder = binder;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    checkUsage();
    try (Readers readers = Readers.start()) { // before the library may bind this thread to one core
      Experiment experiment = trained.read(experiments, renderer);
      Optional<Resumption> resumption = trained.resumption(experiments, experiment);
      if (resumption.isPresent() && initial.isPresent()) {
        WeightSource.requireBegun(trained.folder(), initial.get());
      }
      try {
        Setup setup = setups.of(experiment);
        Backend backend = Backend.load();
        if (dryRun) {
          describe(setup, backend, resumption.isPresent(), spec.commandLine().getOut());
        } else if (ranks.areLaunched()) {
          return launch(setup);
        } else {
          train(setup, backend, readers, resumption, spec.commandLine().getOut());
        }
      } catch (ConfigurationException e) {
        throw e.locatedIn(trained.written(experiments));
      }
    }
    return ExitCode.OK;
  }

  private void describe(Setup setup, Backend backend, boolean isResumed, PrintWriter out)
      throws IOException {
    if (!setup.experiment().evaluation().metrics().isEmpty()) {
      Evaluator.requireCache(options.cache());
    }
    trained.requireFreeFolder();
    DryRun dry = new DryRun(setup, backend, out);
    DryRun.Known data = dry.outline();
    if (!isResumed) {
      Start unused = Start.ofNewRun(setup, data.shape(), data.classes(), named(setup.experiment()));
    }
    if (!withoutEstimate) {
      dry.estimate(data, MachineMemory.here());
    }
  }

  private void train(
      Setup setup,
      Backend backend,
      Readers readers,
      Optional<Resumption> resumption,
      PrintWriter out)
      throws IOException, InterruptedException {
    RunFolder folder = trained.folder();
    ranks.requireShards(setup.experiment());
    if (ranks.rank() > 0) {
      follow(setup, readers, folder, out);
      return;
    }
    Optional<WeightSource> weights =
        resumption.isPresent() ? Optional.empty() : named(setup.experiment());
    try (PreparedTraining training = PreparedTraining.of(setup, folder, resumption, weights)) {
      out.println(training.summary());
      Start start = training.start();
      out.printf("run %s%n", folder.root());
      start.text().ifPresent(out::println);
      train(training, start, backend, readers, out);
    }
  }

  /** Has the run trained by other processes. */
  private int launch(Setup setup) throws IOException, InterruptedException {
    ranks.requireShards(setup.experiment());
    List<String> words = new ArrayList<>(trained.words());
    initial.ifPresent(weights -> words.addAll(List.of("--init-from", weights)));
    words.addAll(options.words());
    RunFolder run = trained.folder();
    PrintWriter out = spec.commandLine().getOut();
    out.printf("run %s, trained by %s%n", run.root(), Quantities.count(ranks.size(), "process"));
    boolean isDone = ranks.launch(run, words, threads, binder, out, spec.commandLine().getErr());
    out.println(
        isDone
            ? "all steps are done; more samples with: "
                + invocation.of(List.of("sample", run.root()))
            : "not done; continue with the same command and --resume-if-begun");
    return isDone ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  /** Trains a run that the process of rank 0 keeps. */
  private void follow(Setup setup, Readers readers, RunFolder folder, PrintWriter out)
      throws IOException, InterruptedException {
    try (Examples data = setup.open();
        Interruption interruption =
            Interruption.listen(
                spec.commandLine().getErr(), "finishing the step, and rank 0 saves")) {
      out.printf("rank %d of %d of the run %s%n", ranks.rank(), ranks.size(), folder.root());
      long done =
          runs.follow(
              setup, data, folder, readers, () -> ranks.meet(folder, interruption), interruption);
      out.printf("rank %d ends after step %d%n", ranks.rank(), done);
    }
  }

  private void checkUsage() {
    Usage.require(spec, !withoutEstimate || dryRun, "--no-estimate goes with --dry-run");
    Usage.require(
        spec,
        initial.isEmpty() || !trained.requiresBegunRun(),
        "--init-from begins a new run; leave out --resume");
    Usage.require(
        spec,
        initial.filter(String::isBlank).isEmpty(),
        "--init-from is given an empty name; name a run");
    threads.ifPresent(this::requireThreads);
    ranks.check(spec);
  }

  /** The native library has threads as it is loaded, of which it hears by the environment. */
  private void requireThreads(int count) {
    Usage.requireThreads(spec, count);
    if (!Integer.toString(count).equals(System.getenv("OMP_NUM_THREADS"))) {
      throw new RefusedException(
          "--threads must be told before Java starts: call the script ddgan with train as its first word, or set the environment variable OMP_NUM_THREADS to %d"
              .formatted(count));
    }
  }

  /** The weights that the option names, if it does. */
  private Optional<WeightSource> named(Experiment experiment) throws IOException {
    if (initial.isEmpty()) {
      return Optional.empty();
    }
    WeightSource source = WeightSource.named(initial.get());
    Usage.require(
        spec,
        !isAnother(experiment, source),
        "--init-from and the key init-from name different weights; leave out one of them");
    return Optional.of(source);
  }

  /** The key may name the same checkpoint where it no longer is. */
  private static boolean isAnother(Experiment experiment, WeightSource source) {
    try {
      return WeightSource.of(experiment)
          .filter(keyed -> !keyed.hash().equals(source.hash()))
          .isPresent();
    } catch (ConfigurationException e) {
      return false;
    }
  }

  private void train(
      PreparedTraining training, Start start, Backend backend, Readers readers, PrintWriter out)
      throws IOException, InterruptedException {
    TrainingSettings settings = training.setup().experiment().training();
    RunFolder folder = training.folder();
    long total = settings.iterations();
    try (Interruption interruption =
            Interruption.listen(spec.commandLine().getErr(), "finishing the step and saving");
        TrainingProgress progress =
            new TrainingProgress(out, Terminal.isTerminal(), settings.batch())) {
      long done =
          runs.train(
              training,
              start,
              backend,
              readers,
              () -> ranks.meet(folder, interruption),
              progress,
              interruption);
      progress.finish();
      if (done < total || interruption.getAsBoolean()) {
        out.printf("saved step %d of %d; continue with: %s%n", done, total, goOn(folder));
      } else {
        out.printf(
            "%s done; more samples with: %s%n",
            Quantities.count(total, "step"), invocation.of(List.of("sample", folder.root())));
      }
    }
  }

  private String goOn(RunFolder folder) {
    List<Object> words = new ArrayList<>(List.of("train", "--resume", "--run", folder.root()));
    threads.ifPresent(count -> words.addAll(List.of("--threads", count)));
    return invocation.of(words);
  }
}
