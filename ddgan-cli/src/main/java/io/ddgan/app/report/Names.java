package io.ddgan.app.report;

import io.ddgan.app.experiment.KeyText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What runs and configurations are called in tables and plots: by their label, else by the values
 * of the keys that differ or by their folders. The folders of trials are hashes, so that trials in
 * which too much differs are numbered.
 */
final class Names {

  /** Longer ones do not fit beside a row. */
  private static final int LONGEST = 60;

  private Names() {}

  /**
   * Names for configurations, each another.
   *
   * @param groups the runs of each
   * @param keys that differ
   */
  static List<String> ofGroups(List<List<Run>> groups, List<String> keys) {
    boolean areSingle = groups.stream().allMatch(group -> group.size() == 1);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      Run first = groups.get(i).get(0);
      String values = values(first, keys);
      boolean isByValues = isShort(values) && (isTrial(first) || !areSingle);
      String otherwise = isTrial(first) ? "configuration " + (i + 1) : folders(groups.get(i));
      names.add(first.label().orElse(isByValues ? values : otherwise));
    }
    Map<String, Integer> used = new HashMap<>();
    List<String> distinct = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      Run first = groups.get(i).get(0);
      if (Collections.frequency(names, name) > 1 && name.equals(folder(first))) {
        name = first.name();
      }
      int use = used.merge(name, 1, Integer::sum);
      distinct.add(use == 1 ? name : "%s (%d)".formatted(name, use));
    }
    return distinct;
  }

  /** Names for single runs, as short as they can be told apart. */
  static List<String> ofRuns(List<Run> runs, List<String> keys) {
    List<String> names = runs.stream().map(run -> ofRun(run, keys)).toList();
    if (!areDistinct(names)) {
      names =
          runs.stream()
              .map(run -> ofRun(run, keys) + (isTrial(run) ? " seed=" + run.seed() : ""))
              .toList();
    }
    return areDistinct(names) ? names : runs.stream().map(Run::name).toList();
  }

  private static String ofRun(Run run, List<String> keys) {
    String values = values(run, keys);
    return run.label().orElse(isTrial(run) && isShort(values) ? values : folder(run));
  }

  private static boolean areDistinct(List<String> names) {
    return names.stream().distinct().count() == names.size();
  }

  private static boolean isShort(String name) {
    return !name.isEmpty() && name.length() <= LONGEST;
  }

  private static boolean isTrial(Run run) {
    return run.label().isPresent() || run.name().matches("[0-9a-f]{10}");
  }

  private static String values(Run run, List<String> keys) {
    return keys.stream()
        .filter(key -> run.keys().containsKey(key))
        .map(key -> KeyText.withValue(key, keys, run.keys().get(key)))
        .collect(Collectors.joining(" "));
  }

  private static String folder(Run run) {
    return Path.of(run.name()).getFileName().toString();
  }

  private static String folders(List<Run> runs) {
    String first = folder(runs.get(0));
    return runs.size() == 1 ? first : "%s and %d more".formatted(first, runs.size() - 1);
  }
}
