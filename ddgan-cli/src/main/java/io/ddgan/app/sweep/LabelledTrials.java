package io.ddgan.app.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.ddgan.app.experiment.ValueText;
import io.ddgan.app.experiment.WeightSource;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The trials that have a label so far, by which a later one of the same seed may begin with one.
 */
final class LabelledTrials {

  private final Map<Labelled, Map<String, Trial>> trials = new HashMap<>();

  private record Labelled(String label, long seed) {}

  /** Adds a trial; the same one may have several labels. */
  void add(Variation variation, Trial trial) {
    variation
        .label()
        .map(label -> new Labelled(label, trial.experiment().seed()))
        .ifPresent(
            key ->
                trials.computeIfAbsent(key, k -> new LinkedHashMap<>()).put(trial.name(), trial));
  }

  /**
   * The trial with whose weights another begins, if it says so.
   *
   * @param config of the other
   * @throws ConfigurationException if it names none, or several
   */
  Optional<Trial> source(Config config, long seed) {
    if (!(config.root().get(WeightSource.KEY) instanceof ConfigObject object)) {
      return Optional.empty();
    }
    ConfigValue named = object.get(Trial.TRIAL);
    if (object.size() != 1 || !isWord(named)) {
      ConfigValue first = object.values().stream().findFirst().orElse(object);
      throw new ConfigurationException(
          Problem.at(
              first,
              WeightSource.KEY,
              "say { trial = LABEL } of an earlier trial, or the name of a run"));
    }
    Map<String, Trial> found =
        trials.getOrDefault(new Labelled(String.valueOf(named.unwrapped()), seed), Map.of());
    if (found.size() != 1) {
      throw new ConfigurationException(
          Problem.at(
              named,
              Trial.INIT_FROM_TRIAL,
              "%d trials before it have the label %s and its seed; one must have it"
                  .formatted(found.size(), ValueText.of(named))));
    }
    return found.values().stream().findFirst();
  }

  private static boolean isWord(ConfigValue value) {
    return value != null
        && (value.valueType() == ConfigValueType.STRING
            || value.valueType() == ConfigValueType.NUMBER);
  }
}
