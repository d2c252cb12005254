package io.ddgan.app.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.ddgan.app.experiment.ValueText;
import io.ddgan.app.experiment.WeightSource;
import io.ddgan.app.models.Models;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.train.run.RunFolder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The trials that have a label so far, by which a later one of the same seed may begin with one.
 */
final class LabelledTrials {

  private static final String NO_LABEL =
      "say { trial = LABEL } of an earlier trial, or the name of a run";

  private final Map<Labelled, Map<String, Trial>> trials = new LinkedHashMap<>();
  private final Set<Labelled> excluded = new HashSet<>();
  private final Map<Labelled, ConfigurationException> wrong = new HashMap<>();

  private record Labelled(String label, long seed) {}

  /** A trial; the same one may have several labels. */
  void add(Variation variation, Trial trial) {
    labelled(variation, trial.experiment().seed())
        .ifPresent(
            key ->
                trials.computeIfAbsent(key, k -> new LinkedHashMap<>()).put(trial.name(), trial));
  }

  /** A trial that is left out. */
  void exclude(Variation variation, long seed) {
    labelled(variation, seed).ifPresent(excluded::add);
  }

  /** What would be a trial, but is not right. */
  void refuse(Variation variation, long seed, ConfigurationException problem) {
    labelled(variation, seed).ifPresent(key -> wrong.put(key, problem));
  }

  private static Optional<Labelled> labelled(Variation variation, long seed) {
    return variation.label().map(label -> new Labelled(label, seed));
  }

  /** An object without values is none of a trial's values, and would be overlooked. */
  static Optional<Problem> emptySource(ConfigObject element) {
    return element.get(WeightSource.KEY) instanceof ConfigObject object && Keys.of(object).isEmpty()
        ? Optional.of(Problem.at(object, WeightSource.KEY, NO_LABEL))
        : Optional.empty();
  }

  /**
   * The trial with whose weights another begins, if it says so.
   *
   * @param config of the other
   * @throws ConfigurationException if it names none, or several; the message says why
   */
  Optional<Trial> source(Config config, long seed) {
    ConfigValue from = config.root().get(WeightSource.KEY);
    if (!(from instanceof ConfigObject object)) {
      requireNoLabel(from);
      return Optional.empty();
    }
    ConfigValue named = object.get(Trial.TRIAL);
    if (object.size() != 1 || !isWord(named)) {
      ConfigValue first = object.values().stream().findFirst().orElse(object);
      throw new ConfigurationException(Problem.at(first, WeightSource.KEY, NO_LABEL));
    }
    Labelled key = new Labelled(String.valueOf(named.unwrapped()), seed);
    Map<String, Trial> found = trials.getOrDefault(key, Map.of());
    if (found.size() == 1) {
      return found.values().stream().findFirst();
    }
    if (found.isEmpty() && wrong.containsKey(key)) {
      throw wrong.get(key);
    }
    throw new ConfigurationException(
        Problem.at(named, Trial.INIT_FROM_TRIAL, notOne(key, found.size(), ValueText.of(named))));
  }

  private String notOne(Labelled key, int found, String label) {
    if (found > 0) {
      return "%d trials before it have the label %s; give the one that is meant a label of its own"
          .formatted(found, label);
    }
    if (excluded.contains(key)) {
      return "the trial of the label %s and the seed %d is excluded; exclude what begins with it, too, or keep both"
          .formatted(label, key.seed());
    }
    return "no trial before it has the label %s; %s"
        .formatted(
            label,
            trials.isEmpty()
                ? "none before it has a label"
                : "those before it have " + String.join(", ", labels()));
  }

  private Set<String> labels() {
    return trials.keySet().stream()
        .map(Labelled::label)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** A label alone would be taken for the folder of a run. */
  private void requireNoLabel(ConfigValue from) {
    if (isWord(from)
        && labels().contains(String.valueOf(from.unwrapped()))
        && !isRun(Path.of(String.valueOf(from.unwrapped())))) {
      throw new ConfigurationException(
          Problem.at(
              from,
              WeightSource.KEY,
              "there is no run %s; of the trial of that label say { trial = %s }"
                  .formatted(from.unwrapped(), ValueText.of(from))));
    }
  }

  private static boolean isRun(Path named) {
    return new RunFolder(Models.ofDistribution().run(named)).isRun();
  }

  private static boolean isWord(ConfigValue value) {
    return value != null
        && (value.valueType() == ConfigValueType.STRING
            || value.valueType() == ConfigValueType.NUMBER);
  }
}
