package io.ddgan.app.report;

import io.ddgan.app.experiment.KeyText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What runs and configurations are called in tables and plots: by their label, else by the values
 * of the keys that differ or by their folders. The folders of trials are hashes, which say nothing.
 */
final class Names {

  /** Longer ones do not fit beside a row. */
  private static final int LONGEST = 60;

  private Names() {}

  /**
   * Names for configurations, all different.
   *
   * @param groups the runs of each
   * @param keys that differ
   */
  static List<String> ofGroups(List<List<Run>> groups, List<String> keys) {
    boolean haveSeeds = groups.stream().anyMatch(group -> group.size() > 1);
    List<Run> runs = groups.stream().map(group -> group.get(0)).toList();
    return distinct(runs, runs.stream().map(run -> name(run, keys, haveSeeds)).toList());
  }

  /** Names for single runs, with their seeds if they cannot be told apart without. */
  static List<String> ofRuns(List<Run> runs, List<String> keys) {
    List<String> names = runs.stream().map(run -> name(run, keys, false)).toList();
    boolean areDistinct = Set.copyOf(names).size() == names.size();
    return areDistinct
        ? names
        : distinct(
            runs,
            runs.stream()
                .map(run -> name(run, keys, false) + (isTrial(run) ? " seed=" + run.seed() : ""))
                .toList());
  }

  private static List<String> distinct(List<Run> runs, List<String> names) {
    Map<String, Integer> used = new HashMap<>();
    List<String> distinct = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      Run run = runs.get(i);
      if (Collections.frequency(names, name) > 1 && name.equals(folder(run))) {
        name = run.name();
      }
      int use = used.merge(name, 1, Integer::sum);
      distinct.add(use == 1 ? name : "%s (%d)".formatted(name, use));
    }
    return distinct;
  }

  private static String name(Run run, List<String> keys, boolean isOfSeeds) {
    String values =
        keys.stream()
            .filter(key -> run.keys().containsKey(key))
            .map(key -> KeyText.withValue(key, keys, run.keys().get(key)))
            .collect(Collectors.joining(" "));
    boolean isByValues = !values.isEmpty() && (isOfSeeds || isTrial(run));
    String shortened = values.length() <= LONGEST ? values : values.substring(0, LONGEST - 1) + "…";
    return run.label().orElse(isByValues ? shortened : folder(run));
  }

  private static boolean isTrial(Run run) {
    return run.label().isPresent() || run.name().matches("[0-9a-f]{10}");
  }

  private static String folder(Run run) {
    return Path.of(run.name()).getFileName().toString();
  }
}
