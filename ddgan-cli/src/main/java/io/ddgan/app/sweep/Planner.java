package io.ddgan.app.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.ddgan.api.ProcessLauncher;
import io.ddgan.app.experiment.KeyDifference;
import io.ddgan.app.experiment.KeyText;
import io.ddgan.app.experiment.WarmStart;
import io.ddgan.app.presets.Presets;
import io.ddgan.app.sweep.SweepFile.Block;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.internal.config.Binder;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.config.HoconRenderer;
import io.ddgan.internal.file.Sha256;
import io.ddgan.internal.plugin.ComponentRegistry;
import io.ddgan.train.experiment.Experiment;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the trials of a sweep file. */
public final class Planner {

  private static final String EVALUATION = "evaluation";
  private static final String MEASURED = "metrics";
  private static final String METRICS = EVALUATION + "." + MEASURED;
  private static final String SEED = "seed";

  private static final int DIGITS = 10;

  private final Binder binder;
  private final HoconRenderer renderer;
  private final ComponentRegistry registry;

  @Inject
  Planner(Binder binder, HoconRenderer renderer, ComponentRegistry registry) {
    this.binder = binder;
    this.renderer = renderer;
    this.registry = registry;
  }

  /**
   * The trials of a sweep.
   *
   * @param excluded number of trials that the file excludes
   * @param repeated number of trials that equal an earlier one
   */
  public record Plan(
      Config file, List<Trial> trials, int excluded, int repeated, ProcessLauncher launcher) {}

  /**
   * Resolves all trials of a sweep.
   *
   * @param folder the folder that relative file names are resolved against
   * @throws ConfigurationException if the file or any trial is invalid; it lists all problems
   */
  public Plan plan(Config file, Path folder) {
    Planning planning = new Planning(file, folder);
    planning.sweep.blocks().forEach(planning::add);
    return planning.done();
  }

  /** Resolves all trials of a built-in sweep or a sweep file. */
  public Plan plan(String sweepOrFile) {
    Path here = Path.of("");
    Path folder = Optional.ofNullable(Path.of(sweepOrFile).getParent()).orElse(here);
    return plan(Presets.sweeps().ownOrFile(sweepOrFile, here), folder);
  }

  /** One call of {@link #plan}. */
  private final class Planning {

    private final Config file;
    private final SweepFile sweep;
    private final String source;
    private final Path folder;
    private final List<Variation> exclude;

    /** Keys of {@code exclude} that no trial has yet, with their values. */
    private final Map<String, ConfigValue> unknown = new LinkedHashMap<>();

    private final Map<String, Trial> trials = new LinkedHashMap<>();

    /** Trials by label and seed; a trial may have several labels. */
    private final Map<List<Object>, Map<String, Trial>> labelled = new HashMap<>();

    private final Set<Problem> problems = new LinkedHashSet<>();
    private long laidOut;
    private int excluded;
    private int repeated;

    Planning(Config file, Path folder) {
      this.file = file;
      this.sweep = sweep(file);
      this.source = Hocon.source(file);
      this.folder = folder;
      this.exclude = sweep.exclude().stream().map(Variation::keys).map(Variation::of).toList();
      exclude.forEach(rule -> unknown.putAll(rule.values()));
      requireElsewhere(sweep.overrides());
    }

    void add(Block block) {
      String name =
          block
              .base()
              .or(sweep::base)
              .orElseThrow(
                  () ->
                      new ConfigurationException(
                          new Problem(
                              source, "base", "is missing; set it to the preset or file to vary")));
      ConfigObject shared = block.overrides().orElse(ConfigFactory.empty().root());
      requireElsewhere(shared);
      Config base = varied(shared.toConfig(), base(name));
      Set<String> keys = Variation.keys(shared).keySet();
      List<Variation> variations = Variation.all(block);
      laidOut += (long) variations.size() * sweep.seeds().size();
      if (laidOut > SweepFile.MOST) { // each is checked and gets a folder
        String message =
            "more than %,d trials; use fewer values, or sample them with random"
                .formatted(SweepFile.MOST);
        throw new ConfigurationException(new Problem(source, "blocks", message));
      }
      for (Variation variation : variations) {
        Config own = variation.config();
        requireElsewhere(own.root());
        Config config = varied(own, base);
        for (long seed : sweep.seeds()) {
          Config seeded =
              config.withValue(SEED, ConfigValueFactory.fromAnyRef(seed, "the sweep's seeds"));
          try {
            add(name, keys, variation, seeded, seed);
          } catch (ConfigurationException e) {
            problems.addAll(e.problems());
          }
        }
      }
    }

    /** Rejects keys that the sweep sets itself, as one of the two would have no effect. */
    private void requireElsewhere(ConfigObject keys) {
      if (keys.containsKey(SEED)) {
        String message = "cannot be set here; set seeds = [...] next to the blocks";
        problems.add(Problem.at(keys.get(SEED), SEED, message));
      }
      if (sweep.metrics().isPresent()
          && keys.get(EVALUATION) instanceof ConfigObject evaluation
          && evaluation.containsKey(MEASURED)) {
        String message = "the sweep also sets metrics = [...]; omit one of them";
        problems.add(Problem.at(evaluation.get(MEASURED), METRICS, message));
      }
    }

    private Config base(String name) {
      Config base;
      try {
        base = Hocon.layer(Presets.experiment(name, folder), registry.experimentDefaults());
      } catch (ConfigurationException e) {
        Problem first = e.problems().get(0);
        throw first.origin().equals(name) // there is none
            ? new ConfigurationException(
                new Problem(source, "base", "%s: %s".formatted(name, first.message())))
            : e;
      }
      if (sweep.metrics().isPresent()) {
        base = base.withValue(METRICS, ConfigValueFactory.fromIterable(sweep.metrics().get()));
      }
      return varied(sweep.overrides().toConfig(), base);
    }

    private void add(
        String base, Set<String> shared, Variation variation, Config config, long seed) {
      if (isExcluded(config)) { // before the experiment is made, as it may be invalid
        excluded++;
        return;
      }
      Optional<Trial> source = source(config, seed);
      Config own = source.isPresent() ? config.withoutPath(WarmStart.KEY) : config;
      Experiment experiment = binder.bind(Experiment.class, own);
      ExperimentKeys keys = new ExperimentKeys(experiment, registry, renderer);
      String determining = keys.determining();
      String text = renderer.render(experiment);
      Trial trial =
          new Trial(
              hash(determining + seed + source.map(Trial::name).orElse("")),
              hash(determining + source.map(Trial::configuration).orElse("")),
              hash(keys.measured()),
              base,
              shared,
              variation,
              experiment,
              source,
              text,
              Hocon.text(text, "trial"),
              config);
      if (isExcluded(trial.resolved())) {
        excluded++;
        return;
      }
      Optional<Trial> before = Optional.ofNullable(trials.putIfAbsent(trial.name(), trial));
      if (before.isPresent()) {
        requireSame(before.get(), trial);
        repeated++;
      }
      variation
          .label()
          .map(label -> labelled.computeIfAbsent(List.of(label, seed), key -> new HashMap<>()))
          .ifPresent(same -> same.put(trial.name(), before.orElse(trial)));
    }

    private boolean isExcluded(Config config) {
      unknown.keySet().removeIf(config::hasPath);
      return exclude.stream().anyMatch(rule -> rule.isIn(config));
    }

    /** Returns the trial of the same seed whose weights a trial starts from, if any. */
    private Optional<Trial> source(Config config, long seed) {
      if (!(config.root().get(WarmStart.KEY) instanceof ConfigObject object)) {
        return Optional.empty();
      }
      ConfigValue named = object.get(Trial.TRIAL);
      if (object.size() != 1 || named == null) {
        String message =
            "must be { trial = LABEL } with the label of an earlier trial, or the name of a run";
        throw new ConfigurationException(Problem.at(object, WarmStart.KEY, message));
      }
      Map<String, Trial> found =
          labelled.getOrDefault(List.of(String.valueOf(named.unwrapped()), seed), Map.of());
      if (found.size() != 1) {
        String message =
            "%2$s must be the label of exactly one earlier trial of the same seed; found %1$d"
                .formatted(found.size(), KeyText.value(named));
        throw new ConfigurationException(Problem.at(named, Trial.INIT_FROM_TRIAL, message));
      }
      return found.values().stream().findFirst();
    }

    /** Trials of one name are run once, so all their keys must be equal. */
    private void requireSame(Trial before, Trial trial) {
      if (!before.text().equals(trial.text())) {
        String key = KeyDifference.between(before.resolved(), trial.resolved()).get(0).key();
        String message =
            "%s and another trial differ only in keys that do not affect the weights; set them in overrides, or use ddgan evaluate"
                .formatted(trial.description());
        throw new ConfigurationException(new Problem(source, key, message));
      }
    }

    Plan done() {
      if (problems.isEmpty()) {
        unknown.forEach(
            (key, value) ->
                problems.add(
                    Problem.at(value, key, "no trial has this key, so nothing is excluded")));
      }
      if (problems.isEmpty() && trials.isEmpty()) {
        problems.add(
            excluded > 0
                ? new Problem(source, "exclude", "excludes all trials")
                : new Problem(source, "blocks", "have no values, so there are no trials"));
      }
      ConfigurationException.throwIfAny(List.copyOf(problems));
      return new Plan(file, List.copyOf(trials.values()), excluded, repeated, sweep.launcher());
    }
  }

  private static String hash(String text) {
    return Sha256.of(text).substring(0, DIGITS);
  }

  /** Returns the hash of the evaluation settings of a trial's configuration. */
  public String evaluation(Config trial) {
    Config whole = Hocon.layer(trial, registry.experimentDefaults());
    Experiment experiment = binder.bind(Experiment.class, whole);
    return hash(new ExperimentKeys(experiment, registry, renderer).measured());
  }

  /** Returns the launcher of a planned or started sweep. */
  public ProcessLauncher launcher(SweepFolder sweep) {
    return sweep(Hocon.file(sweep.file())).launcher();
  }

  private SweepFile sweep(Config file) {
    return binder.bind(SweepFile.class, SweepFile.complete(file));
  }

  /** Layers keys over an experiment; messages about missing keys name the experiment's file. */
  private static Config varied(Config over, Config base) {
    Config all = Hocon.layer(over, base).root().withOrigin(base.origin()).toConfig();
    ConfigValue from = over.root().get(WarmStart.KEY);
    // replaced, not merged: it is either a run or a trial
    return from == null ? all : all.withValue(WarmStart.KEY, from);
  }
}
