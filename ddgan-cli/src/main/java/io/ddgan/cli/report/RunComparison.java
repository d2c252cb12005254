package io.ddgan.cli.report;

import io.ddgan.api.Metric.Better;
import io.ddgan.api.Metric.Measure;
import io.ddgan.cli.sweep.KeyText;
import io.ddgan.cli.sweep.TrialStatistics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Runs on the same data, and what distinguishes them. */
public final class RunComparison {

  private static final String DATA = "data.";

  private final List<Run> runs;
  private final List<String> keys;
  private final List<Measure> measures;
  private final List<RunGroup> groups;

  /**
   * Runs of one configuration.
   *
   * @param label what the configuration is called: its label, or the values of the keys that differ
   * @param runs its runs, of all seeds
   */
  public record RunGroup(String label, List<Run> runs) {

    /** A key's value; empty if the configuration has none. */
    String value(String key) {
      return runs.get(0).keys().getOrDefault(key, "");
    }

    /** Mean and deviation of a measure over the runs that have it. */
    Optional<TrialStatistics> spread(Measure measure) {
      List<Double> values =
          runs.stream()
              .map(run -> run.values().get(measure.name()))
              .filter(Objects::nonNull)
              .toList();
      return values.isEmpty() ? Optional.empty() : Optional.of(TrialStatistics.of(values));
    }
  }

  private RunComparison(List<Run> runs) {
    this.runs = List.copyOf(runs);
    this.keys = differing(runs);
    this.measures = runs.stream().flatMap(run -> run.measures().stream()).distinct().toList();
    Map<Map<String, String>, List<Run>> byConfiguration = new LinkedHashMap<>();
    for (Run run : runs) {
      byConfiguration.computeIfAbsent(run.keys(), all -> new ArrayList<>()).add(run);
    }
    this.groups = distinct(byConfiguration.values().stream().map(this::group).toList());
  }

  /** Labels that several configurations share are told apart by a number. */
  private static List<RunGroup> distinct(List<RunGroup> groups) {
    Map<String, Integer> used = new HashMap<>();
    List<RunGroup> distinct = new ArrayList<>();
    for (RunGroup group : groups) {
      int use = used.merge(group.label(), 1, Integer::sum);
      distinct.add(
          use == 1 ? group : new RunGroup("%s (%d)".formatted(group.label(), use), group.runs()));
    }
    return List.copyOf(distinct);
  }

  /** Compares runs, those on each data set apart from the others. */
  public static List<RunComparison> of(List<Run> runs) {
    Map<Map<String, String>, List<Run>> byData = new LinkedHashMap<>();
    for (Run run : runs) {
      Map<String, String> data =
          run.keys().entrySet().stream()
              .filter(entry -> entry.getKey().startsWith(DATA))
              .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
      byData.computeIfAbsent(data, all -> new ArrayList<>()).add(run);
    }
    return byData.values().stream().map(RunComparison::new).toList();
  }

  /** Keys in which any runs differ, in the order of the alphabet. */
  public static List<String> differing(List<Run> runs) {
    TreeSet<String> all = new TreeSet<>();
    runs.forEach(run -> all.addAll(run.keys().keySet()));
    return all.stream()
        .filter(key -> runs.stream().map(run -> run.keys().get(key)).distinct().count() > 1)
        .toList();
  }

  private RunGroup group(List<Run> same) {
    Run first = same.get(0);
    String description =
        keys.stream()
            .filter(key -> first.keys().containsKey(key))
            .map(key -> "%s=%s".formatted(KeyText.of(key), first.keys().get(key)))
            .collect(Collectors.joining(" "));
    return new RunGroup(
        first.label().orElse(description.isEmpty() ? first.name() : description), same);
  }

  /** The data that all runs have learnt. */
  public String data() {
    return runs.get(0).keys().getOrDefault(DATA + "type", "data");
  }

  public List<Run> runs() {
    return runs;
  }

  /** Keys that differ between configurations. */
  public List<String> keys() {
    return keys;
  }

  public List<Measure> measures() {
    return measures;
  }

  /** Measures in which configurations differ, as not all do: the number of modes that there are. */
  public List<Measure> differingMeasures() {
    return measures.stream()
        .filter(
            measure ->
                groups.stream()
                        .flatMap(group -> group.spread(measure).stream())
                        .map(TrialStatistics::mean)
                        .distinct()
                        .count()
                    > 1)
        .toList();
  }

  /** The configurations, in the order of their first runs. */
  public List<RunGroup> groups() {
    return groups;
  }

  /** Whether any configuration has a name for people. */
  public boolean hasLabels() {
    return runs.stream().anyMatch(run -> run.label().isPresent());
  }

  /** Whether a configuration has the best mean of all. */
  public boolean isBest(RunGroup group, Measure measure) {
    Optional<TrialStatistics> own = group.spread(measure);
    if (measure.better() == Better.NEITHER
        || own.filter(TrialStatistics::isFinite).isEmpty()
        || groups.size() < 2) {
      return false;
    }
    double sign = measure.better() == Better.LOWER ? 1 : -1;
    return groups.stream()
        .flatMap(other -> other.spread(measure).stream())
        .filter(TrialStatistics::isFinite)
        .noneMatch(other -> sign * other.mean() < sign * own.get().mean());
  }

  /** Configurations in which a key is a number. */
  public List<RunGroup> numeric(String key) {
    return groups.stream().filter(group -> isNumber(group.value(key))).toList();
  }

  private static boolean isNumber(String text) {
    try {
      return Double.isFinite(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /**
   * Configurations that differ in one key alone, which is a number in all of them: the lines of a
   * plot.
   *
   * @return configurations by what they have in common among the differing keys
   */
  public Map<String, List<RunGroup>> lines(String key) {
    List<String> others = keys.stream().filter(other -> !other.equals(key)).toList();
    Map<String, List<RunGroup>> lines = new LinkedHashMap<>();
    for (RunGroup group : numeric(key)) {
      String common =
          others.stream()
              .map(other -> "%s=%s".formatted(KeyText.of(other), group.value(other)))
              .collect(Collectors.joining(" "));
      lines.computeIfAbsent(common, name -> new ArrayList<>()).add(group);
    }
    lines.values().removeIf(line -> line.size() < 2);
    return lines;
  }
}
