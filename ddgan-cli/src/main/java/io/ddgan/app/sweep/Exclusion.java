package io.ddgan.app.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.ddgan.config.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The trials that a sweep's file leaves out. */
final class Exclusion {

  private final List<Map<String, ConfigValue>> rules;
  private final Set<String> found = new HashSet<>();

  /**
   * Leaves out what has all the values of any rule.
   *
   * @param rules objects of keys and values
   */
  Exclusion(List<ConfigObject> rules) {
    this.rules = rules.stream().map(Keys::of).toList();
  }

  /** Whether a configuration is left out. */
  boolean excludes(Config config) {
    rules.stream()
        .flatMap(rule -> rule.keySet().stream())
        .filter(config::hasPath)
        .forEach(found::add);
    return rules.stream()
        .anyMatch(
            rule ->
                rule.entrySet().stream()
                    .allMatch(
                        entry ->
                            config.hasPath(entry.getKey())
                                && same(config.getValue(entry.getKey()), entry.getValue())));
  }

  private static boolean same(ConfigValue value, ConfigValue excluded) {
    return value.equals(excluded)
        || (value instanceof ConfigObject component && excluded.equals(component.get("type")));
  }

  /** Keys of the rules that nothing that was asked about has. */
  List<Problem> unused() {
    return rules.stream()
        .flatMap(rule -> rule.entrySet().stream())
        .filter(entry -> !found.contains(entry.getKey()))
        .map(
            entry ->
                Problem.at(
                    entry.getValue(),
                    entry.getKey(),
                    "no trial has this key, so that nothing is excluded"))
        .toList();
  }
}
