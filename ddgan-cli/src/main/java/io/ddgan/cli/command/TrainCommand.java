package io.ddgan.cli.command;

import com.typesafe.config.ConfigUtil;
import io.ddgan.api.OpenDataset;
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
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddgan train}: trains an experiment in a run's folder, or resumes it. */
@Command(
    name = "train",
    description = "Train an experiment, or resume a run.",
    footer = {
      "",
      "To see all keys and their defaults, run ${ROOT-COMMAND-NAME} describe experiment; for those of a component, ${ROOT-COMMAND-NAME} describe generator.ncsnpp. To list presets and components, run ${ROOT-COMMAND-NAME} list."
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
      description = "Experiment to train; omit it with --resume.")
  private Optional<String> presetOrFile = Optional.empty();

  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      arity = "0..*",
      description =
          "Override a key, such as schedule.steps=2; with --resume, only those of moved data, such as data.folder=DIR.")
  private List<String> overrides = List.of();

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description = "Folder of the run (default: runs/<name of the experiment>).")
  private Optional<Path> run = Optional.empty();

  @Option(names = "--resume", description = "Resume the run from its latest checkpoint.")
  private boolean resume;

  @Option(
      names = "--auto-resume",
      description =
          "Resume the run if it exists, else start it; for schedulers that restart commands.")
  private boolean autoResume;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "With --resume: new total number of training steps.")
  private Optional<Long> iterations = Optional.empty();

  @Option(
      names = "--init-from",
      paramLabel = "RUN[@STEP]",
      description =
          "Start from the weights of another run, as far as they fit. STEP is a step, latest or best (default: latest).")
  private Optional<String> initial = Optional.empty();

  @Mixin private ThreadsOption threads;

  @Mixin private RankOptions ranks;

  @Option(
      names = "--dry-run",
      description =
          "Check the configuration and the data, if present; estimate memory and time on this machine; then exit.")
  private boolean isDryRun;

  @Option(
      names = "--no-estimate",
      description = "With --dry-run: skip the estimate of memory and time.")
  private boolean noEstimate;

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
                ? experiments.written(folder().experiment().toString(), places())
                : experiments.written(presetOrFile.orElseThrow(), keys()));
      }
    }
    return ExitCode.OK;
  }

  /** Checks that the arguments go together. */
  private void check() {
    require(
        (presetOrFile.isPresent() && places().isEmpty())
            ? !isOverride(presetOrFile.get())
            : run.isPresent() && isResumed(),
        resume && run.isPresent()
            ? "a run is resumed with its own configuration; omit PRESET|FILE and KEY=VALUE (other than data.folder or data.file of moved data), change its length with --steps, or start a new run from its weights with --init-from"
            : "nothing to train; give a preset, a file, or --resume --run DIR");
    require(
        iterations.isEmpty() || isResumed(),
        "--steps requires --resume; for a new run, set training.steps=N");
    require(initial.isEmpty() || !resume, "--init-from starts a new run; omit --resume");
    ranks.check(spec());
  }

  private static boolean isOverride(String word) {
    return word.contains("=") && !PathName.exists(word);
  }

  private boolean isResumed() {
    return resume || (autoResume && folder().isRun());
  }

  private RunFolder folder() {
    return new RunFolder(
        run.orElseGet(() -> Path.of("runs", Presets.nameOf(presetOrFile.orElseThrow()))));
  }

  /** Returns how the run is resumed. */
  private Resumption resumption() throws IOException {
    // A repeated command may name the initial weights at their present place, and the original
    // number of steps.
    Set<String> free = resume ? Set.of() : Set.of(WarmStart.KEY, TrainingSettings.STEPS);
    return runs.resumption(folder(), asked(), free, iterations, places());
  }

  /** Returns the overrides of a resumed run, which say where its data are now. */
  private List<String> places() {
    List<String> words = Stream.concat(presetOrFile.stream(), overrides.stream()).toList();
    boolean arePlaces =
        words.stream().allMatch(word -> Experiments.DATA_PLACE.matcher(word).lookingAt());
    return resume && arePlaces ? words : List.of();
  }

  /** Reads the experiment given on the command line, if any. */
  private Optional<Experiment> asked() {
    return presetOrFile
        .filter(word -> places().isEmpty())
        .map(named -> experiments.read(named, keys()));
  }

  /** Returns the overrides, including that of {@code --init-from}. */
  private List<String> keys() {
    List<String> keys = new ArrayList<>(overrides);
    initial.ifPresent(named -> keys.add(WarmStart.KEY + "=" + ConfigUtil.quoteString(named)));
    return keys;
  }

  private void describe(Setup setup, Backend backend, boolean isResumed) throws IOException {
    if (!setup.experiment().evaluation().metrics().isEmpty()) {
      WriteCheck.requireWithin(places.cache(), "choose another folder with --cache");
    }
    if (!isResumed) {
      folder().requireFree();
    }
    DryRun dry = new DryRun(experiments, out());
    DryRun.Known data = dry.outline(setup);
    if (!isResumed) {
      WarmStart.load(setup, data.shape(), data.classes())
          .ifPresent(loaded -> out().println(loaded.text()));
    }
    if (!noEstimate) {
      dry.estimate(setup, data, backend, NativeMemory.now());
    }
  }

  private void train(Setup setup, Backend backend, Readers readers, Optional<Resumption> resumption)
      throws IOException, InterruptedException {
    RunFolder folder = folder();
    TrainingSettings settings = setup.experiment().training();
    try (PreparedTraining training = PreparedTraining.of(setup, folder, resumption)) {
      out().println(training.summary());
      say("run folder: %s", folder.root());
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
          again.addAll(places());
          say("saved step %d of %d; resume with: %s", done, settings.steps(), invocation.of(again));
        } else {
          sayDone(Quantities.count(settings.steps(), "step"), folder);
        }
      }
    }
  }

  private void sayDone(String what, RunFolder folder) {
    say("%s done; sample with: %s", what, invocation.of(List.of("sample", folder.root())));
  }

  /** Starts the processes that train the run. */
  private int launch() throws IOException, InterruptedException {
    RunFolder folder = folder();
    if (!resume && !autoResume) {
      folder.requireFree();
    }
    List<String> words = new ArrayList<>(List.of("train"));
    presetOrFile.ifPresent(words::add);
    words.addAll(overrides);
    // Each process may be restarted.
    words.addAll(List.of("--run", folder.root().toString()));
    words.add(resume ? "--resume" : "--auto-resume");
    words.addAll(given("--steps", "--init-from"));
    words.addAll(places.words());
    say("run %s, trained by %s", folder.root(), Quantities.count(ranks.size(), "process"));
    if (!ranks.processes(folder, words, threads.count(), binder).train(out(), err())) {
      say("not done; resume with the same command and --auto-resume");
      return ExitCode.SOFTWARE;
    }
    sayDone("all steps", folder);
    return ExitCode.OK;
  }

  /** Trains as a rank other than 0, which writes no files. */
  private void follow(Setup setup, Readers readers) throws IOException, InterruptedException {
    RunFolder folder = folder();
    try (OpenDataset data = setup.open();
        Interruption stop = Interruption.listen(err(), "finishing the step, and rank 0 saves")) {
      say("rank %d of %d, run %s", ranks.rank(), ranks.size(), folder.root());
      long done = runs.follow(setup, data, folder, readers, () -> ranks.meet(folder, stop), stop);
      say("rank %d ended after step %d", ranks.rank(), done);
    }
  }
}
