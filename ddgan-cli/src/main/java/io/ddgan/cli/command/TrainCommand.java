package io.ddgan.cli.command;

import io.ddgan.api.Examples;
import io.ddgan.api.RefusedException;
import io.ddgan.app.environment.Backend;
import io.ddgan.app.environment.Places;
import io.ddgan.app.estimate.DryRun;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.process.Invocation;
import io.ddgan.app.text.Quantities;
import io.ddgan.app.training.NewRun;
import io.ddgan.app.training.PreparedTraining;
import io.ddgan.app.training.Resumption;
import io.ddgan.app.training.TrainingRuns;
import io.ddgan.cli.options.Positive;
import io.ddgan.cli.terminal.Interruption;
import io.ddgan.cli.terminal.Terminal;
import io.ddgan.cli.terminal.TrainingProgress;
import io.ddgan.config.ConfigurationException;
import io.ddgan.internal.config.Binder;
import io.ddgan.internal.file.Writable;
import io.ddgan.internal.graph.NativeMemory;
import io.ddgan.train.data.Readers;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.experiment.TrainingSettings;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ddgan train}: trains an experiment in a run's folder, or resumes it. */
@Command(
    name = "train",
    description = "Train an experiment, or continue a run.",
    footer = {
      "",
      "All keys with their defaults: ${ROOT-COMMAND-NAME} describe experiment; those of a component, such as generator.ncsnpp:"
          + " ${ROOT-COMMAND-NAME} describe generator.ncsnpp; all components and presets: ${ROOT-COMMAND-NAME} list."
    })
final class TrainCommand extends Subcommand {

  private final Experiments experiments;
  private final TrainingRuns runs;
  private final Invocation invocation;
  private final Places places;
  private final Binder binder;

  @Mixin private TrainingArguments trained;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Positive.class,
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
  private boolean isDryRun;

  @Option(
      names = "--no-estimate",
      description = "With --dry-run: do not measure steps to estimate memory and time.")
  private boolean withoutEstimate;

  @Inject
  TrainCommand(
      Experiments experiments,
      TrainingRuns runs,
      Invocation invocation,
      Places places,
      Binder binder) {
    this.experiments = experiments;
    this.runs = runs;
    this.invocation = invocation;
    this.places = places;
    this.binder = binder;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    trained.check();
    ranks.check(spec());
    threads.ifPresent(this::requireThreads);
    try (Readers readers = Readers.start()) { // before the library may bind this thread to one core
      Optional<Resumption> resumption = trained.resumption(experiments, runs);
      try {
        Setup setup =
            experiments.setup(
                resumption
                    .map(Resumption::experiment)
                    .orElseGet(() -> trained.experiment(experiments)));
        Backend backend = Backend.load();
        if (isDryRun) {
          describe(setup, backend, resumption.isPresent());
          return ExitCode.OK;
        }
        ranks.requireShards(setup.experiment());
        if (ranks.areLaunched()) {
          return launch();
        }
        if (ranks.rank() > 0) {
          follow(setup, readers);
        } else {
          train(setup, backend, readers, resumption);
        }
      } catch (ConfigurationException e) {
        throw e.locatedIn(trained.written(experiments));
      }
    }
    return ExitCode.OK;
  }

  /** The native library has threads as it is loaded, of which it hears by the environment. */
  private void requireThreads(int count) {
    if (!Integer.toString(count).equals(System.getenv("OMP_NUM_THREADS"))) {
      throw new RefusedException(
          "--threads must be told before Java starts: call the script ddgan with train as its first word, or set the environment variable OMP_NUM_THREADS to %d"
              .formatted(count));
    }
  }

  private void describe(Setup setup, Backend backend, boolean isResumed) throws IOException {
    if (!setup.experiment().evaluation().metrics().isEmpty()) {
      Writable.requireWithin(places.cache(), "name another cache with --cache");
    }
    trained.requireFreeFolder();
    DryRun run = new DryRun(experiments, out());
    DryRun.Known data = run.outline(setup);
    if (!isResumed) {
      NewRun unused = NewRun.of(setup, data.shape(), data.classes());
    }
    if (!withoutEstimate) {
      run.estimate(setup, data, backend, NativeMemory.now());
    }
  }

  private void train(Setup setup, Backend backend, Readers readers, Optional<Resumption> resumption)
      throws IOException, InterruptedException {
    RunFolder folder = trained.folder();
    TrainingSettings settings = setup.experiment().training();
    try (PreparedTraining training = PreparedTraining.of(setup, folder, resumption)) {
      out().println(training.summary());
      say("run %s", folder.root());
      training.start().text().ifPresent(out()::println);
      try (Interruption stop = Interruption.listen(err(), "finishing the step and saving")) {
        long done;
        try (TrainingProgress progress =
            new TrainingProgress(out(), Terminal.isTerminal(), settings.batch())) {
          done =
              runs.train(
                  training, backend, readers, () -> ranks.meet(folder, stop), progress, stop);
        }
        if (done < settings.iterations() || stop.getAsBoolean()) {
          List<Object> again =
              new ArrayList<>(List.of("train", "--resume", "--run", folder.root()));
          again.addAll(given("--threads"));
          say(
              "saved step %d of %d; continue with: %s",
              done, settings.iterations(), invocation.of(again));
        } else {
          sayDone(Quantities.count(settings.iterations(), "step"), folder);
        }
      }
    }
  }

  private void sayDone(String what, RunFolder folder) {
    say("%s done; more samples with: %s", what, invocation.of(List.of("sample", folder.root())));
  }

  /** Has the run trained by other processes. */
  private int launch() throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("train"));
    words.addAll(trained.words());
    words.addAll(given("--iterations", "--init-from"));
    words.addAll(places.words());
    RunFolder folder = trained.folder();
    say("run %s, trained by %s", folder.root(), Quantities.count(ranks.size(), "process"));
    if (!ranks.processes(folder, words, threads, binder).train(out(), err())) {
      say("not done; continue with the same command and --resume-if-begun");
      return ExitCode.SOFTWARE;
    }
    sayDone("all steps are", folder);
    return ExitCode.OK;
  }

  /** Trains a run that the process of rank 0 keeps. */
  private void follow(Setup setup, Readers readers) throws IOException, InterruptedException {
    RunFolder folder = trained.folder();
    try (Examples data = setup.open();
        Interruption stop = Interruption.listen(err(), "finishing the step, and rank 0 saves")) {
      say("rank %d of %d of the run %s", ranks.rank(), ranks.size(), folder.root());
      long done = runs.follow(setup, data, folder, readers, () -> ranks.meet(folder, stop), stop);
      say("rank %d ends after step %d", ranks.rank(), done);
    }
  }
}
