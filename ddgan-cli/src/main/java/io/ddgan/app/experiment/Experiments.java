package io.ddgan.app.experiment;

import com.typesafe.config.Config;
import io.ddgan.app.experiment.TrainedConfiguration.Purpose;
import io.ddgan.app.presets.Presets;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Key;
import io.ddgan.config.Problem;
import io.ddgan.internal.config.Binder;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.plugin.ComponentRegistry;
import io.ddgan.train.experiment.EvaluationSettings;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.io.function.IOSupplier;

/** Reads experiments from presets, files and runs, with the defaults of what they leave out. */
public final class Experiments {

  private final Binder binder;
  private final ComponentRegistry registry;
  private final TrainedConfiguration trained;

  @Inject
  Experiments(Binder binder, ComponentRegistry registry, TrainedConfiguration trained) {
    this.binder = binder;
    this.registry = registry;
    this.trained = trained;
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
   * What is written of an experiment, where it leaves out defaults.
   *
   * @param presetOrFile as in {@link #read}
   * @param overrides as in {@link #read}
   * @throws ConfigurationException if it has a syntax error
   */
  public Config written(String presetOrFile, List<String> overrides) {
    return Hocon.layer(Hocon.overrides(overrides), Presets.experiment(presetOrFile, Path.of("")));
  }

  /**
   * Does work with a run's experiment, whose parts may not suit each other, and says of problems
   * where they are written.
   *
   * @param overrides as in {@link #read}
   */
  public <T> T located(RunFolder run, List<String> overrides, IOSupplier<T> work)
      throws IOException {
    try {
      return work.get();
    } catch (ConfigurationException e) {
      throw e.locatedIn(written(run.experiment().toString(), overrides));
    }
  }

  /**
   * Reads the experiment of a run.
   *
   * @throws ConfigurationException if anything in it is wrong
   */
  public Experiment of(RunFolder folder) {
    return read(folder.experiment().toString(), List.of());
  }

  /** All keys of an experiment, also those that were not written. */
  public Config keys(Experiment experiment) {
    return trained.keys(experiment);
  }

  /** The keys in which two experiments differ. */
  public List<KeyDifference> differences(Experiment before, Experiment now) {
    return trained.differences(before, now);
  }

  /**
   * Reads the experiment of a run that is to be trained further.
   *
   * @throws ConfigurationException if anything in it is wrong, or is not what the run was trained
   *     with
   */
  public Experiment resumed(RunFolder folder) {
    Experiment experiment = of(folder);
    trained.requireUnedited(folder, experiment, Purpose.TRAINING);
    return experiment;
  }

  /**
   * Reads the experiment of a run that is trained already.
   *
   * @param overrides {@code key=value}
   * @param changeable the keys that can still be changed, with those within them
   * @throws ConfigurationException if anything in it is wrong, or gives the weights another meaning
   *     than they were trained for
   */
  public Experiment trained(RunFolder folder, List<String> overrides, Set<String> changeable) {
    requireWithin(changeable, overrides, "the run is trained already");
    trained.requireUnedited(folder, of(folder), Purpose.SAMPLING);
    return read(folder.experiment().toString(), overrides);
  }

  /**
   * What is measured of examples that no run has made.
   *
   * @param examples where they are
   * @param overrides {@code key=value}; those of {@code data} are about what is compared with
   * @throws ConfigurationException if anything in it is wrong, or other keys are overridden
   */
  public EvaluationSettings evaluation(Path examples, List<String> overrides) {
    requireWithin(Set.of("evaluation", "data"), overrides, "%s is not a run".formatted(examples));
    Config config = Hocon.layer(Hocon.overrides(overrides), registry.experimentDefaults());
    return binder.bind(Measured.class, config.withOnlyPath("evaluation")).evaluation();
  }

  private record Measured(@Key("what is measured") EvaluationSettings evaluation) {}

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
}
