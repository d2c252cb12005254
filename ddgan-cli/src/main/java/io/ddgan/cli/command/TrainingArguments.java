package io.ddgan.cli.command;

import com.typesafe.config.Config;
import io.ddgan.api.RefusedException;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.experiment.KeyDifference;
import io.ddgan.app.experiment.WeightSource;
import io.ddgan.app.presets.Presets;
import io.ddgan.app.training.Resumption;
import io.ddgan.cli.options.Usage;
import io.ddgan.internal.config.PathName;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.experiment.TrainingSettings;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is to be trained, and where: a new experiment, or a run that goes on. */
final class TrainingArguments {

  private static final String ITERATIONS = TrainingSettings.ITERATIONS + "=";

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
      names = "--resume-if-begun",
      description =
          "Begin the run, or continue it if it has begun; for schedulers, which may start a"
              + " command again.")
  private boolean resumeIfBegun;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      description = "With --resume: steps that the run is to have in all, instead of before.")
  private Optional<Long> iterations = Optional.empty();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** Whether the run has to be one that has begun already. */
  boolean requiresBegunRun() {
    return resume;
  }

  /** Whether a run goes on. */
  boolean isResumed() {
    return resume || (resumeIfBegun && folder().isRun());
  }

  /** The folder of the run. */
  RunFolder folder() {
    return new RunFolder(run.orElseGet(this::defaultFolder));
  }

  /**
   * Checks that nothing is in the way of a run whose folder was named, if it does not go on.
   *
   * @throws IOException if something is; the message says what to do
   */
  void requireFreeFolder() throws IOException {
    if (run.isPresent() && !isResumed()) {
      folder().requireFree();
    }
  }

  private Path defaultFolder() {
    return Path.of("runs", Presets.nameOf(requirePresetOrFile()));
  }

  /**
   * What another process is told that trains the same, and is started again after whatever end.
   *
   * @throws IOException if the run is there already, and not to go on
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
    iterations.ifPresent(steps -> words.addAll(List.of("--iterations", steps.toString())));
    return words;
  }

  private String requirePresetOrFile() {
    Usage.require(
        command,
        presetOrFile.filter(named -> !isOverride(named)).isPresent(),
        "say what to train: a preset, a file, or --resume --run DIR");
    return presetOrFile.get();
  }

  private static boolean isOverride(String word) {
    return word.contains("=") && !PathName.exists(word);
  }

  /** The experiment, of a run that goes on with the number of steps that it is to have now. */
  Experiment read(Experiments experiments) throws IOException {
    Usage.require(
        command,
        iterations.isEmpty() || isResumed(),
        "--iterations goes with --resume; a new run takes training.iterations=N");
    if (!isResumed()) {
      return experiments.read(requirePresetOrFile(), overrides);
    }
    RunFolder folder = folder();
    folder.requireRun();
    presetOrFile.filter(TrainingArguments::isOverride).ifPresent(this::refuse);
    Experiment saved = experiments.resumed(folder);
    if (presetOrFile.isPresent()) {
      requireEqual(experiments.differences(saved, experiments.read(presetOrFile.get(), overrides)));
    }
    if (iterations.isEmpty() || iterations.get() == saved.training().iterations()) {
      return saved;
    }
    long done = RunCheckpoints.done(folder);
    Usage.require(
        command,
        iterations.get() > done,
        "the run %s has done %,d steps, so --iterations must be more than that, not %,d"
            .formatted(folder.root(), done, iterations.get()));
    return experiments.read(folder.experiment().toString(), List.of(ITERATIONS + iterations.get()));
  }

  /** What is written of the experiment, to tell where. */
  Config written(Experiments experiments) {
    return isResumed()
        ? experiments.written(folder().experiment().toString(), List.of())
        : experiments.written(requirePresetOrFile(), overrides);
  }

  private void refuse(String override) {
    String message =
        override.startsWith(ITERATIONS)
            ? "a run that goes on is given another length with --iterations "
                + override.substring(ITERATIONS.length())
            : "a run goes on with its own configuration, without %s; a new run may begin with its weights: see --init-from"
                .formatted(override);
    Usage.require(command, false, message);
  }

  /**
   * A run is a function of its configuration, so it cannot be resumed with another one. But a
   * command that is given again may name the weights that the run began with where they are by now,
   * and the length that it had at first.
   */
  private void requireEqual(List<KeyDifference> differences) {
    Set<String> free = resume ? Set.of() : Set.of(WeightSource.KEY, TrainingSettings.ITERATIONS);
    String changed =
        differences.stream()
            .filter(each -> !free.contains(each.key()))
            .map(each -> "%s = %s instead of %s".formatted(each.key(), each.now(), each.before()))
            .collect(Collectors.joining(", "));
    Usage.require(
        command,
        changed.isEmpty(),
        "the run %s was started with another configuration (now: %s); resume it without one, or start another run with --run"
            .formatted(folder().root(), changed));
  }

  /**
   * How a run goes on, if it does.
   *
   * @param experiment with the number of steps that it is to have now
   * @throws RefusedException as {@link Resumption#of} does
   */
  Optional<Resumption> resumption(Experiments experiments, Experiment experiment)
      throws IOException {
    return isResumed()
        ? Optional.of(Resumption.of(folder(), experiments.of(folder()), experiment))
        : Optional.empty();
  }
}
