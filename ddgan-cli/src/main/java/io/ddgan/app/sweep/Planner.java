package io.ddgan.app.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.ddgan.api.TrialLauncher;
import io.ddgan.app.experiment.KeyDifference;
import io.ddgan.app.experiment.KeyText;
import io.ddgan.app.experiment.WeightSource;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes trials of a sweep's file. */
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
   * What a sweep consists of.
   *
   * @param file the file's configuration
   * @param trials all trials, resolved
   * @param excluded number of those that the file excludes
   * @param repeated number of those that are the same as an earlier one
   * @param launcher where they run
   */
  public record Plan(
      Config file, List<Trial> trials, int excluded, int repeated, TrialLauncher launcher) {}

  /**
   * Resolves all trials of a sweep.
   *
   * @throws ConfigurationException if there is none, or it or any trial is wrong; it names all that
   *     is
   */
  public Plan plan(String sweepOrFile) {
    Path here = Path.of("");
    Path folder = Optional.ofNullable(Path.of(sweepOrFile).getParent()).orElse(here);
    return plan(Presets.sweeps().ownOrFile(sweepOrFile, here), folder);
  }

  /** The sweep that comes with the framework, or the file; empty if there is neither. */
  public Optional<Config> file(String sweepOrFile) {
    boolean isThere =
        Presets.sweeps().names().contains(sweepOrFile) || Files.exists(Path.of(sweepOrFile));
    return isThere
        ? Optional.of(Presets.sweeps().ownOrFile(sweepOrFile, Path.of("")))
        : Optional.empty();
  }

  /**
   * Resolves all trials of a sweep.
   *
   * @param file the file's configuration
   * @param folder the folder from which the names of the experiments' files go out
   * @throws ConfigurationException if the file or any trial is wrong; it names all that is
   */
  public Plan plan(Config file, Path folder) {
    SweepFile sweep = binder.bind(SweepFile.class, SweepFile.complete(file));
    String source = Hocon.source(file);
    Planning planning = new Planning(sweep, source, folder);
    sweep.blocks().forEach(planning::add);
    return planning.done(file);
  }

  /** One call of {@link #plan}. */
  private final class Planning {

    private final SweepFile sweep;
    private final String source;
    private final Path folder;
    private final List<Variation> exclude;

    /** Keys of what is left out that any trial has. */
    private final Set<String> known = new HashSet<>();

    private final Map<String, Trial> trials = new LinkedHashMap<>();

    /** By label and seed; the same trial may have several labels. */
    private final Map<List<Object>, Map<String, Trial>> labelled = new HashMap<>();

    private final Set<Problem> problems;
    private long laidOut;
    private int excluded;
    private int repeated;

    Planning(SweepFile sweep, String source, Path folder) {
      this.sweep = sweep;
      this.source = source;
      this.folder = folder;
      this.exclude = sweep.exclude().stream().map(Variation::keys).map(Variation::of).toList();
      this.problems = new LinkedHashSet<>(ofSweep(sweep.overrides()));
    }

    void add(Block block) {
      String name = block.base().or(sweep::base).orElseThrow(this::noBase);
      ConfigObject shared = block.overrides().orElse(ConfigFactory.empty().root());
      problems.addAll(ofSweep(shared));
      Config base = varied(shared.toConfig(), base(name));
      Set<String> keys = Variation.keys(shared).keySet();
      List<Variation> variations = Variations.of(block);
      laidOut += (long) variations.size() * sweep.seeds().size();
      if (laidOut
          > Variations.MOST) { // each becomes a folder, and is checked before the first begins
        throw new ConfigurationException(
            new Problem(
                source,
                "blocks",
                "more than %,d trials; try fewer values, or draw some with random"
                    .formatted(Variations.MOST)));
      }
      for (Variation variation : variations) {
        problems.addAll(ofSweep(variation.config().root()));
        Config config = varied(variation.config(), base);
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

    /** Of what the sweep says, the keys would say it again, and one of the two have no effect. */
    private List<Problem> ofSweep(ConfigObject keys) {
      List<Problem> found = new ArrayList<>();
      if (keys.containsKey(SEED)) {
        found.add(
            Problem.at(keys.get(SEED), SEED, "write seeds = [...] next to the blocks instead"));
      }
      if (sweep.metrics().isPresent()
          && keys.get(EVALUATION) instanceof ConfigObject evaluation
          && evaluation.containsKey(MEASURED)) {
        found.add(
            Problem.at(
                evaluation.get(MEASURED),
                METRICS,
                "the sweep says metrics = [...], too; leave out one of the two"));
      }
      return found;
    }

    private Config base(String name) {
      Config base = Presets.experiment(name, folder);
      base = Hocon.layer(base, registry.experimentDefaults());
      if (sweep.metrics().isPresent()) {
        base = base.withValue(METRICS, ConfigValueFactory.fromIterable(sweep.metrics().get()));
      }
      return varied(sweep.overrides().toConfig(), base);
    }

    private void add(
        String base, Set<String> shared, Variation variation, Config config, long seed) {
      if (isExcluded(config)) { // perhaps because no experiment could be made of it
        excluded++;
        return;
      }
      Optional<Trial> source = source(config, seed);
      Config own = source.isPresent() ? config.withoutPath(WeightSource.KEY) : config;
      Experiment experiment = binder.bind(Experiment.class, own);
      Trial trial = trial(base, shared, variation, experiment, source, config);
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
      exclude.stream()
          .flatMap(rule -> rule.values().keySet().stream())
          .filter(config::hasPath)
          .forEach(known::add);
      return exclude.stream().anyMatch(rule -> rule.isIn(config));
    }

    private List<Problem> unknown() {
      return exclude.stream()
          .flatMap(rule -> rule.values().entrySet().stream())
          .filter(entry -> !known.contains(entry.getKey()))
          .map(
              entry ->
                  Problem.at(
                      entry.getValue(),
                      entry.getKey(),
                      "no trial has this key, so that nothing is excluded"))
          .toList();
    }

    /** The trial with whose weights another of its seed begins, if it says so. */
    private Optional<Trial> source(Config config, long seed) {
      if (!(config.root().get(WeightSource.KEY) instanceof ConfigObject object)) {
        return Optional.empty();
      }
      ConfigValue named = object.get(Trial.TRIAL);
      if (object.size() != 1 || named == null) {
        throw new ConfigurationException(
            Problem.at(
                object,
                WeightSource.KEY,
                "say { trial = LABEL } of an earlier trial, or the name of a run"));
      }
      Map<String, Trial> found =
          labelled.getOrDefault(List.of(String.valueOf(named.unwrapped()), seed), Map.of());
      if (found.size() != 1) {
        throw new ConfigurationException(
            Problem.at(
                named,
                Trial.INIT_FROM_TRIAL,
                "%d trials before it have the label %s and its seed; one must have it"
                    .formatted(found.size(), KeyText.value(named))));
      }
      return found.values().stream().findFirst();
    }

    /** Two trials of a name are one, so nothing may be lost of the second. */
    private void requireSame(Trial before, Trial trial) {
      if (!before.text().equals(trial.text())) {
        String key = KeyDifference.between(before.resolved(), trial.resolved()).get(0).key();
        throw new ConfigurationException(
            new Problem(
                source,
                key,
                "%s and another trial differ only in keys on which no weight depends; set them in overrides, or measure the runs with ddgan evaluate"
                    .formatted(trial.description())));
      }
    }

    private ConfigurationException noBase() {
      String message = "missing; name the preset or file that is varied";
      return new ConfigurationException(new Problem(source, "base", message));
    }

    Plan done(Config file) {
      if (problems.isEmpty()) {
        problems.addAll(unknown());
      }
      if (problems.isEmpty() && trials.isEmpty()) {
        problems.add(
            excluded > 0
                ? new Problem(source, "exclude", "no trial is left; exclude less")
                : new Problem(source, "blocks", "they have no values, and so no trials"));
      }
      ConfigurationException.throwIfAny(List.copyOf(problems));
      return new Plan(file, List.copyOf(trials.values()), excluded, repeated, sweep.launcher());
    }
  }

  private Trial trial(
      String base,
      Set<String> shared,
      Variation variation,
      Experiment experiment,
      Optional<Trial> source,
      Config written) {
    ExperimentKeys keys = new ExperimentKeys(experiment, registry, renderer);
    String text = renderer.render(experiment);
    String configuration = hash(keys.determining() + source.map(Trial::configuration).orElse(""));
    return new Trial(
        hash(keys.determining() + experiment.seed() + source.map(Trial::name).orElse("")),
        configuration,
        hash(keys.measured()),
        base,
        shared,
        variation,
        experiment,
        source,
        text,
        Hocon.text(text, "trial"),
        written);
  }

  private static String hash(String text) {
    return Sha256.of(text).substring(0, DIGITS);
  }

  /** A hash of what an experiment measures. */
  public String evaluation(Experiment experiment) {
    return hash(new ExperimentKeys(experiment, registry, renderer).measured());
  }

  /** Keys over an experiment, in whose file is missing what they do not give either. */
  private static Config varied(Config over, Config base) {
    Config all = Hocon.layer(over, base).root().withOrigin(base.origin()).toConfig();
    ConfigValue from = over.root().get(WeightSource.KEY);
    return from == null
        ? all
        : all.withValue(WeightSource.KEY, from); // a run and a trial do not mix
  }
}
