package io.ddgan.cli.command;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.experiment.WeightSource;
import io.ddgan.app.presets.Presets;
import io.ddgan.app.training.Resumption;
import io.ddgan.app.training.TrainingRuns;
import io.ddgan.cli.options.Usage;
import io.ddgan.internal.config.PathName;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.experiment.TrainingSettings;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is to be trained, and where: a new experiment, or a run that is resumed. */
final class TrainingArguments {

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
      names = "--resume-if-begun",
      description =
          "Begin the run, or resume it if it has begun; for schedulers, which may start a command"
              + " again.")
  private boolean resumeIfBegun;

  @Option(
      names = "--iterations",
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

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** Checks that they go together. */
  void check() {
    Usage.require(
        command,
        presetOrFile.isPresent() ? !isOverride(presetOrFile.get()) : run.isPresent() && isResumed(),
        resume && run.isPresent()
            ? "a run is resumed with its own configuration; --iterations changes its length, and a new run may begin with its weights: see --init-from"
            : "say what to train: a preset, a file, or --resume --run DIR");
    Usage.require(
        command,
        iterations.isEmpty() || isResumed(),
        "--iterations goes with --resume; a new run takes training.iterations=N");
    Usage.require(
        command, initial.isEmpty() || !resume, "--init-from begins a new run; leave out --resume");
  }

  private static boolean isOverride(String word) {
    return word.contains("=") && !PathName.exists(word);
  }

  private boolean isResumed() {
    return resume || (resumeIfBegun && folder().isRun());
  }

  /** The folder of the run. */
  RunFolder folder() {
    return new RunFolder(
        run.orElseGet(() -> Path.of("runs", Presets.nameOf(presetOrFile.orElseThrow()))));
  }

  /** Checks that nothing is in the way of a new run whose folder was named. */
  void requireFreeFolder() throws IOException {
    if (run.isPresent() && !isResumed()) {
      folder().requireFree();
    }
  }

  /**
   * The arguments of another process that trains the same, and may be started again.
   *
   * @throws IOException if the run is there already, and not to be resumed
   */
  List<String> words() throws IOException {
    if (!resume && !resumeIfBegun) {
      folder().requireFree();
    }
    List<String> words = new ArrayList<>();
    presetOrFile.ifPresent(words::add);
    words.addAll(overrides);
    words.addAll(List.of("--run", folder().root().toString()));
    words.add(resume ? "--resume" : "--resume-if-begun");
    return words;
  }

  /** How a run is resumed, if one is. */
  Optional<Resumption> resumption(Experiments experiments, TrainingRuns runs) throws IOException {
    if (!isResumed()) {
      return Optional.empty();
    }
    Optional<Experiment> asked = presetOrFile.map(named -> experiments.read(named, keys()));
    // A command that is given once more may name the weights that the run began with where they
    // are by now, and the length that it had at first.
    Set<String> free = resume ? Set.of() : Set.of(WeightSource.KEY, TrainingSettings.ITERATIONS);
    return Optional.of(runs.resumption(folder(), asked, free, iterations));
  }

  /** The experiment of a new run. */
  Experiment experiment(Experiments experiments) {
    return experiments.read(presetOrFile.orElseThrow(), keys());
  }

  /** The overrides, of which the option {@code --init-from} is one. */
  private List<String> keys() {
    List<String> keys = new ArrayList<>(overrides);
    initial.ifPresent(named -> keys.add(WeightSource.KEY + "=" + ConfigUtil.quoteString(named)));
    return keys;
  }

  /** What is written of the experiment, to tell where. */
  Config written(Experiments experiments) {
    return isResumed()
        ? experiments.written(folder().experiment().toString(), List.of())
        : experiments.written(presetOrFile.orElseThrow(), keys());
  }
}
