package io.ddgan.app.experiment;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueFactory;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Sampler.Step;
import io.ddgan.api.TangentRule;
import io.ddgan.app.presets.Presets;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Key;
import io.ddgan.config.Problem;
import io.ddgan.eval.ComponentText;
import io.ddgan.eval.records.MeasuredRun;
import io.ddgan.internal.config.Binder;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.config.HoconRenderer;
import io.ddgan.internal.plugin.ComponentRegistry;
import io.ddgan.schedules.GaussianDiffusion;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.experiment.EvaluationSettings;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.experiment.TrainingSettings;
import io.ddgan.train.run.Provenance;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads experiments from presets, files and runs, and adds defaults. */
public final class Experiments {

  private static final System.Logger LOG = System.getLogger(Experiments.class.getName());

  /** Overrides that say where data are. */
  public static final Pattern DATA_PLACE = Pattern.compile("data\\.(.*\\.)?(file|folder)=");

  /** The keys that affect the weights. */
  private static final Pattern TRAINING =
      Pattern.compile(
          "(?!(sampler|evaluation|listeners|executor)\\b)"
              + "(?!data\\.(.*\\.)?(file|folder)$)"
              + "(?!training\\.(log-every|sample-every|sample-count|checkpoint-every|keep-checkpoints)$)"
              + ".*");

  /** The keys that define the meaning of the weights. */
  private static final Pattern SAMPLING =
      Pattern.compile("(representation|schedule|parameterization|objective|generator)\\b.*");

  private final Binder binder;
  private final HoconRenderer renderer;
  private final ComponentRegistry registry;
  private final Map<String, TangentRule> tangentRules;
  private final ComponentText text;

  @Inject
  Experiments(
      Binder binder,
      HoconRenderer renderer,
      ComponentRegistry registry,
      Map<String, TangentRule> tangentRules,
      ComponentText text) {
    this.binder = binder;
    this.renderer = renderer;
    this.registry = registry;
    this.tangentRules = tangentRules;
    this.text = text;
  }

  /**
   * Reads an experiment.
   *
   * @param presetOrFile name of a preset, or a file
   * @param overrides {@code key=value}, stronger than the file
   * @throws ConfigurationException if anything in it is wrong
   */
  public Experiment read(String presetOrFile, List<String> overrides) {
    Config config = Hocon.layer(written(presetOrFile, overrides), registry.experimentDefaults());
    return binder.bind(Experiment.class, config);
  }

  /**
   * Reads the written keys of an experiment, without defaults.
   *
   * @param presetOrFile as in {@link #read}
   * @throws ConfigurationException if it has a syntax error
   */
  public Config written(String presetOrFile, List<String> overrides) {
    return Hocon.layer(Hocon.overrides(overrides), Presets.experiment(presetOrFile, Path.of("")));
  }

  /**
   * Reads the experiment of a run.
   *
   * @throws ConfigurationException if anything in it is wrong
   */
  public Experiment of(RunFolder folder) {
    return read(folder.experiment().toString(), List.of());
  }

  /** Returns all keys of an experiment, including defaults. */
  public Config keys(Experiment experiment) {
    return Hocon.text(renderer.render(experiment), "experiment.conf");
  }

  /** Returns the keys in which two experiments differ. */
  public List<KeyDifference> differences(Experiment before, Experiment now) {
    return before.equals(now) ? List.of() : KeyDifference.between(keys(before), keys(now));
  }

  /**
   * Assembles an experiment.
   *
   * @throws ConfigurationException if its components do not fit each other
   */
  public Setup setup(Experiment experiment) {
    try {
      return new Setup(experiment, new GaussianDiffusion(experiment.schedule()), tangentRules);
    } catch (RefusedException e) {
      throw ConfigurationException.of("schedule", e);
    }
  }

  /**
   * Reads the experiment that a run was trained with.
   *
   * @throws ConfigurationException if it is invalid, or differs from what the run was trained with
   */
  public Experiment trained(RunFolder folder) {
    Experiment experiment = of(folder);
    requireUnedited(folder, experiment, TRAINING);
    return experiment;
  }

  /**
   * Opens a trained run to sample, evaluate or export it.
   *
   * @param changeable the keys that can be overridden, with those below them
   * @throws ConfigurationException if the experiment is invalid, or gives the weights another
   *     meaning
   * @throws IOException if it is no run or has no checkpoint
   */
  public TrainedRun open(RunFolder folder, List<String> overrides, Set<String> changeable)
      throws IOException {
    folder.requireRun();
    requireWithin(changeable, overrides, "the run is already trained");
    requireUnedited(folder, of(folder), SAMPLING);
    RunCheckpoints unused = RunCheckpoints.of(folder); // throws if there is none
    String file = folder.experiment().toString();
    try {
      Setup setup = setup(read(file, overrides));
      List<Step> unusedPath = setup.samplerSteps(); // throws if the sampler does not fit
      return new TrainedRun(folder, setup);
    } catch (ConfigurationException e) {
      throw e.locatedIn(written(file, overrides));
    }
  }

  /**
   * Reads all evaluations of a run, by its training or later.
   *
   * @param experiment the run's experiment
   */
  public MeasuredRun measured(RunFolder folder, Experiment experiment) throws IOException {
    return MeasuredRun.read(
        folder, experiment.training().steps(), text.line(experiment.sampler()), experiment.seed());
  }

  /**
   * Reads the evaluation settings for examples outside a run.
   *
   * @param examples their file or folder
   * @param overrides {@code key=value}; those of {@code data} describe the reference data
   * @throws ConfigurationException if they are invalid, or other keys are overridden
   */
  public EvaluationSettings evaluation(Path examples, List<String> overrides) {
    requireWithin(Set.of("evaluation", "data"), overrides, "%s is not a run".formatted(examples));
    Config config = Hocon.layer(Hocon.overrides(overrides), registry.experimentDefaults());
    return binder.bind(Measured.class, config.withOnlyPath("evaluation")).evaluation();
  }

  private record Measured(@Key("metrics and their settings") EvaluationSettings evaluation) {}

  private static void requireWithin(Set<String> changeable, List<String> overrides, String reason) {
    Pattern within = Pattern.compile("^(" + String.join("|", changeable) + ")\\b");
    List<Problem> problems =
        overrides.stream()
            .filter(override -> !within.matcher(override).find())
            .map(
                override ->
                    Problem.onCommandLine(
                        override,
                        "%s; only %s can be overridden"
                            .formatted(
                                reason,
                                changeable.stream().sorted().collect(Collectors.joining(" and ")))))
            .toList();
    ConfigurationException.throwIfAny(problems);
  }

  /**
   * Checks that no key was edited that must stay as trained, and logs other edited keys. A run
   * without provenance, or of another version, is not checked.
   *
   * @throws ConfigurationException if such keys were edited; it lists them all
   */
  private void requireUnedited(RunFolder folder, Experiment now, Pattern needed) {
    List<KeyDifference> edits = edits(folder, now);
    List<Problem> problems =
        edits.stream()
            .filter(edit -> needed.matcher(edit.key()).matches())
            .map(Experiments::problem)
            .toList();
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems).locatedIn(Hocon.file(folder.experiment()));
    }
    for (KeyDifference edit : edits) {
      LOG.log(
          Level.WARNING,
          "{0}: {1} is {2}, but the run was trained with {3}",
          folder.experiment(),
          edit.key(),
          edit.now(),
          edit.before());
    }
  }

  private static Problem problem(KeyDifference edit) {
    String way =
        edit.key().equals(TrainingSettings.STEPS)
            ? "and to train longer use train --resume --steps N"
            : "or train another run";
    return Problem.of(
        edit.key(),
        "is %s, but the run was trained with %s (see provenance.json); set it back, %s"
            .formatted(edit.now(), edit.before(), way));
  }

  private List<KeyDifference> edits(RunFolder folder, Experiment now) {
    try {
      Provenance provenance = Provenance.read(folder.provenance());
      Optional<Experiment> trained = configuration(provenance);
      return trained.stream()
          .flatMap(before -> differences(before, now).stream())
          .filter(edit -> !isUnfinished(edit, provenance))
          .toList();
    } catch (IOException e) {
      if (Files.exists(folder.checkpoints())) {
        LOG.log(
            Level.WARNING,
            "cannot check whether {0} is as the run was trained: {1}",
            folder.experiment(),
            e.getMessage());
      }
      return List.of();
    }
  }

  private Optional<Experiment> configuration(Provenance provenance) {
    if (!(provenance.origin().get(Provenance.CONFIGURATION) instanceof Map<?, ?> keys)) {
      return Optional.empty();
    }
    try {
      Config written = ((ConfigObject) ConfigValueFactory.fromAnyRef(keys)).toConfig();
      return Optional.of(
          binder.bind(Experiment.class, Hocon.layer(written, registry.experimentDefaults())));
    } catch (ConfigurationException e) {
      return Optional.empty(); // of another version, or with a missing plug-in
    }
  }

  /** Returns whether a process was killed while changing the length, before writing it here. */
  private static boolean isUnfinished(KeyDifference edit, Provenance provenance) {
    return edit.key().equals(TrainingSettings.STEPS)
        && provenance.origin().get(Provenance.LENGTHS) instanceof List<?> lengths
        && !lengths.isEmpty()
        && lengths.get(lengths.size() - 1) instanceof Map<?, ?> last
        && edit.now().equals(String.valueOf(last.get(Provenance.INSTEAD_OF)));
  }
}
