package io.ddgan.app.report;

import io.ddgan.app.experiment.KeyText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What configurations are called in tables and plots: by their label; by their folders where each
 * has one run; else by the values of the keys that differ. Where these are many, by the folders of
 * their runs, and trials of sweeps, whose folders are named by hashes, by letters.
 */
final class GroupNames {

  /** Longer ones do not fit beside a row. */
  private static final int LONGEST = 60;

  private static final int LETTERS = 26;

  private GroupNames() {}

  /**
   * Names for configurations.
   *
   * @param groups the runs of each
   * @param keys that differ
   */
  static List<String> of(List<List<Run>> groups, List<String> keys) {
    boolean areSingle = groups.stream().allMatch(group -> group.size() == 1);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      Run first = groups.get(i).get(0);
      String values = values(first, keys);
      boolean isByFolder = areSingle || values.isEmpty() || values.length() > LONGEST;
      boolean isTrial = isTrial(first);
      String otherwise = isTrial ? letters(i) : folders(groups.get(i));
      String unnamed = isByFolder && !(isTrial && isShort(values)) ? otherwise : values;
      names.add(first.label().filter(label -> !label.isEmpty()).orElse(unnamed));
    }
    return distinct(names, groups);
  }

  private static boolean isShort(String name) {
    return !name.isEmpty() && name.length() <= LONGEST;
  }

  /**
   * Names for single runs, as short as they can be told apart.
   *
   * @param keys that differ
   */
  static List<String> ofRuns(List<Run> runs, List<String> keys) {
    List<Function<Run, String>> ways =
        List.of(
            run -> own(run, keys),
            run ->
                isTrial(run) ? "%s seed=%s".formatted(own(run, keys), run.seed()) : own(run, keys));
    for (Function<Run, String> way : ways) {
      List<String> names = runs.stream().map(way).toList();
      if (names.stream().distinct().count() == names.size()) {
        return names;
      }
    }
    return runs.stream().map(Run::name).toList();
  }

  private static String own(Run run, List<String> keys) {
    String values = values(run, keys);
    return run.label().orElse(isTrial(run) && isShort(values) ? values : folder(run));
  }

  /** Trials are named by hashes, which say nothing. */
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
    String all = runs.stream().map(GroupNames::folder).collect(Collectors.joining(", "));
    return isShort(all) ? all : "%s and %d more".formatted(folder(runs.get(0)), runs.size() - 1);
  }

  private static String letters(int index) {
    String last = Character.toString((char) ('A' + index % LETTERS));
    return index < LETTERS ? last : letters(index / LETTERS - 1) + last;
  }

  /** Folders of one name are told apart by where they lie, anything else by a number. */
  private static List<String> distinct(List<String> names, List<List<Run>> groups) {
    Map<String, Integer> used = new HashMap<>();
    List<String> distinct = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      Run first = groups.get(i).get(0);
      if (Collections.frequency(names, name) > 1 && !isTrial(first) && name.equals(folder(first))) {
        name = first.name();
      }
      int use = used.merge(name, 1, Integer::sum);
      distinct.add(use == 1 ? name : "%s (%d)".formatted(name, use));
    }
    return distinct;
  }
}
