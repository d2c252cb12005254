package io.ddgan.cli.command;

import com.typesafe.config.ConfigUtil;
import io.ddgan.api.Examples;
import io.ddgan.api.RefusedException;
import io.ddgan.app.environment.AppFolders;
import io.ddgan.app.environment.Backend;
import io.ddgan.app.estimate.DryRun;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.experiment.WarmStart;
import io.ddgan.app.presets.Presets;
import io.ddgan.app.process.Invocation;
import io.ddgan.app.text.Quantities;
import io.ddgan.app.training.PreparedTraining;
import io.ddgan.app.training.Resumption;
import io.ddgan.app.training.TrainingRuns;
import io.ddgan.cli.terminal.Interruption;
import io.ddgan.cli.terminal.TrainingProgress;
import io.ddgan.config.ConfigurationException;
import io.ddgan.internal.config.Binder;
import io.ddgan.internal.config.PathName;
import io.ddgan.internal.file.WriteCheck;
import io.ddgan.internal.graph.NativeMemory;
import io.ddgan.train.data.Readers;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.experiment.TrainingSettings;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
  private final AppFolders places;
  private final Binder binder;

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

  @Option(names = "--resume", description = "Resume from the run's latest checkpoint.")
  private boolean resume;

  @Option(
      names = "--auto-resume",
      description =
          "Begin the run, or resume it if it has begun; for schedulers, which may start a command"
              + " again.")
  private boolean resumeIfBegun;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "With --resume: steps that the run is to have in all, instead of before.")
  private Optional<Long> iterations = Optional.empty();

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
      AppFolders places,
      Binder binder) {
    this.experiments = experiments;
    this.runs = runs;
    this.invocation = invocation;
    this.places = places;
    this.binder = binder;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    try (Readers readers = Readers.start()) { // before the library may bind this thread to one core
      Optional<Resumption> resumption = isResumed() ? Optional.of(resumption()) : Optional.empty();
      try {
        Setup setup =
            experiments.setup(
                resumption.map(Resumption::experiment).orElseGet(() -> asked().get()));
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
        throw e.locatedIn(
            isResumed()
                ? experiments.written(folder().experiment().toString(), List.of())
                : experiments.written(presetOrFile.orElseThrow(), keys()));
      }
    }
    return ExitCode.OK;
  }

  /** Checks that the arguments go together. */
  private void check() {
    require(
        presetOrFile.isPresent() ? !isOverride(presetOrFile.get()) : run.isPresent() && isResumed(),
        resume && run.isPresent()
            ? "a run is resumed with its own configuration; --steps changes its length, and a new run may begin with its weights: see --init-from"
            : "say what to train: a preset, a file, or --resume --run DIR");
    require(
        iterations.isEmpty() || isResumed(),
        "--steps goes with --resume; a new run takes training.steps=N");
    require(initial.isEmpty() || !resume, "--init-from begins a new run; leave out --resume");
    ranks.check(spec());
    threads.ifPresent(this::requireThreads);
  }

  private static boolean isOverride(String word) {
    return word.contains("=") && !PathName.exists(word);
  }

  private boolean isResumed() {
    return resume || (resumeIfBegun && folder().isRun());
  }

  private RunFolder folder() {
    return new RunFolder(
        run.orElseGet(() -> Path.of("runs", Presets.nameOf(presetOrFile.orElseThrow()))));
  }

  /** How the run is resumed. */
  private Resumption resumption() throws IOException {
    // A command that is given once more may name the weights that the run began with where they
    // are by now, and the length that it had at first.
    Set<String> free = resume ? Set.of() : Set.of(WarmStart.KEY, TrainingSettings.STEPS);
    return runs.resumption(folder(), asked(), free, iterations);
  }

  /** The experiment that was named, if one was. */
  private Optional<Experiment> asked() {
    return presetOrFile.map(named -> experiments.read(named, keys()));
  }

  /** The overrides, of which the option {@code --init-from} is one. */
  private List<String> keys() {
    List<String> keys = new ArrayList<>(overrides);
    initial.ifPresent(named -> keys.add(WarmStart.KEY + "=" + ConfigUtil.quoteString(named)));
    return keys;
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
      WriteCheck.requireWithin(places.cache(), "name another cache with --cache");
    }
    if (run.isPresent() && !isResumed) {
      folder().requireFree();
    }
    DryRun dry = new DryRun(experiments, out());
    DryRun.Known data = dry.outline(setup);
    if (!isResumed) {
      Optional<WarmStart.Loaded> unused = WarmStart.load(setup, data.shape(), data.classes());
    }
    if (!withoutEstimate) {
      dry.estimate(setup, data, backend, NativeMemory.now());
    }
  }

  private void train(Setup setup, Backend backend, Readers readers, Optional<Resumption> resumption)
      throws IOException, InterruptedException {
    RunFolder folder = folder();
    TrainingSettings settings = setup.experiment().training();
    try (PreparedTraining training = PreparedTraining.of(setup, folder, resumption)) {
      out().println(training.summary());
      say("run %s", folder.root());
      training.start().ifPresent(out()::println);
      try (Interruption stop = Interruption.listen(err(), "finishing the step and saving")) {
        long done;
        try (TrainingProgress progress = new TrainingProgress(out(), settings.batchSize())) {
          done =
              runs.train(
                  training, backend, readers, () -> ranks.meet(folder, stop), progress, stop);
        }
        if (done < settings.steps() || stop.getAsBoolean()) {
          List<Object> again =
              new ArrayList<>(List.of("train", "--resume", "--run", folder.root()));
          again.addAll(given("--threads"));
          say(
              "saved step %d of %d; continue with: %s",
              done, settings.steps(), invocation.of(again));
        } else {
          sayDone(Quantities.count(settings.steps(), "step"), folder);
        }
      }
    }
  }

  private void sayDone(String what, RunFolder folder) {
    say("%s done; more samples with: %s", what, invocation.of(List.of("sample", folder.root())));
  }

  /** Has the run trained by other processes. */
  private int launch() throws IOException, InterruptedException {
    RunFolder folder = folder();
    if (!resume && !resumeIfBegun) {
      folder.requireFree();
    }
    List<String> words = new ArrayList<>(List.of("train"));
    presetOrFile.ifPresent(words::add);
    words.addAll(overrides);
    // Each of them may be started again.
    words.addAll(List.of("--run", folder.root().toString()));
    words.add(resume ? "--resume" : "--auto-resume");
    words.addAll(given("--steps", "--init-from"));
    words.addAll(places.words());
    say("run %s, trained by %s", folder.root(), Quantities.count(ranks.size(), "process"));
    if (!ranks.processes(folder, words, threads, binder).train(out(), err())) {
      say("not done; continue with the same command and --auto-resume");
      return ExitCode.SOFTWARE;
    }
    sayDone("all steps are", folder);
    return ExitCode.OK;
  }

  /** Trains a run that the process of rank 0 keeps. */
  private void follow(Setup setup, Readers readers) throws IOException, InterruptedException {
    RunFolder folder = folder();
    try (Examples data = setup.open();
        Interruption stop = Interruption.listen(err(), "finishing the step, and rank 0 saves")) {
      say("rank %d of %d of the run %s", ranks.rank(), ranks.size(), folder.root());
      long done = runs.follow(setup, data, folder, readers, () -> ranks.meet(folder, stop), stop);
      say("rank %d ends after step %d", ranks.rank(), done);
    }
  }
}
