package io.ddgan.app.report;

import io.ddgan.api.Metric.Better;
import io.ddgan.api.Metric.Measure;
import io.ddgan.app.experiment.KeyDifference;
import io.ddgan.app.experiment.KeyText;
import io.ddgan.app.experiment.SeedStatistics;
import io.ddgan.eval.records.ComparableEvaluations;
import io.ddgan.eval.records.EvaluationRecord;
import io.ddgan.eval.records.MeasurementConditions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Runs on the same data, and their differences.
 *
 * @param keys differing keys that affect training
 * @param measured the comparable evaluations
 * @param groups the configurations, in the order of their first runs
 */
public record RunComparison(
    List<RunResults> runs,
    List<String> keys,
    ComparableEvaluations measured,
    List<RunGroup> groups) {

  private static final String DATA = "data.";

  /** The maximum length of a name. */
  private static final int LONGEST = 60;

  private static RunComparison ofEqualData(List<RunResults> runs) {
    List<String> keys =
        differing(runs).stream().filter(key -> !KeyDifference.isBookkeeping(key)).toList();
    ComparableEvaluations measured =
        new ComparableEvaluations(runs.stream().map(RunResults::measured).toList());
    Map<List<Object>, List<RunResults>> byConfiguration = new LinkedHashMap<>();
    Map<List<Object>, Integer> repetitions = new HashMap<>();
    for (RunResults run : runs) {
      Map<String, String> experiment = new TreeMap<>(run.keys());
      experiment.keySet().removeIf(KeyDifference::isBookkeeping);
      // Repeated runs of a seed are in separate groups.
      int before = repetitions.merge(List.of(experiment, run.seed()), 1, Integer::sum);
      byConfiguration
          .computeIfAbsent(List.of(experiment, before), all -> new ArrayList<>())
          .add(run);
    }
    boolean haveSeeds = byConfiguration.values().stream().anyMatch(group -> group.size() > 1);
    Map<String, Integer> used = new HashMap<>();
    List<RunGroup> named = new ArrayList<>();
    for (List<RunResults> group : byConfiguration.values()) {
      String name = name(group.get(0), keys, haveSeeds);
      int use = used.merge(name, 1, Integer::sum);
      named.add(
          new RunGroup(
              use == 1 ? name : "%s (%d)".formatted(name, use),
              group,
              group.stream().map(run -> measured.values(run.measured())).toList()));
    }
    return new RunComparison(runs, keys, measured, named);
  }

  /** Returns a run's label, else its differing keys, else its folder. */
  private static String name(RunResults run, List<String> keys, boolean haveSeeds) {
    String values =
        keys.stream()
            .filter(key -> run.keys().containsKey(key))
            .map(key -> KeyText.withValue(key, keys, run.keys().get(key)))
            .collect(Collectors.joining(" "));
    boolean isByValues = haveSeeds || run.name().matches("[0-9a-f]{10}");
    return run.label()
        .orElse(
            values.isEmpty() || !isByValues
                ? run.name()
                : values.length() <= LONGEST ? values : values.substring(0, LONGEST - 1) + "…");
  }

  /** Compares runs, separately for each data set. */
  public static List<RunComparison> of(List<RunResults> runs) {
    Map<Map<String, String>, List<RunResults>> byData = new LinkedHashMap<>();
    for (RunResults run : runs) {
      Map<String, String> data = new TreeMap<>(run.keys());
      data.keySet().removeIf(key -> !key.startsWith(DATA));
      byData.computeIfAbsent(data, all -> new ArrayList<>()).add(run);
    }
    return byData.values().stream().map(RunComparison::ofEqualData).toList();
  }

  /** Returns the keys in which any runs differ, in alphabetical order. */
  static List<String> differing(List<RunResults> runs) {
    return KeyDifference.differing(runs.stream().map(RunResults::keys).toList());
  }

  /** Returns the type of the data set. */
  public String data() {
    return runs.get(0).keys().getOrDefault(DATA + "type", "data");
  }

  /** Returns the conditions under which each metric is compared. */
  public List<MeasurementConditions> conditions() {
    return List.copyOf(measured.chosen().values());
  }

  /** Returns the compared metrics. */
  List<Measure> measures() {
    return conditions().stream().map(MeasurementConditions::measure).toList();
  }

  /** Returns an evaluation of a metric, as an example of its features and reference data. */
  Optional<EvaluationRecord> example(Measure measure) {
    return runs.stream()
        .map(run -> measured.of(run.measured()).get(measure.name()))
        .filter(Objects::nonNull)
        .findFirst();
  }

  /** Names the runs without comparable metrics of the last step, if any. */
  public Optional<String> unmeasured() {
    String names =
        runs.stream()
            .filter(run -> measured.values(run.measured()).isEmpty())
            .map(RunResults::name)
            .collect(Collectors.joining(", "));
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of("no comparable metrics of the last step of " + names);
  }

  /** Returns a group without runs, with the metrics of real examples. */
  Optional<RunGroup> real() {
    Map<String, Double> floor = measured.realBaseline();
    return floor.isEmpty()
        ? Optional.empty()
        : Optional.of(new RunGroup("real examples", List.of(), List.of(floor)));
  }

  /**
   * Returns whether a configuration has the best mean, or one that is not known to differ from it;
   * false without three seeds of both, or if no mean is known to differ.
   */
  boolean isBest(RunGroup group, Measure measure) {
    double sign = measure.better() == Better.LOWER ? 1 : -1;
    Optional<SeedStatistics> best =
        groups.stream()
            .flatMap(other -> other.finite(measure).stream())
            .min(Comparator.comparingDouble(other -> sign * other.mean()));
    return measure.better() != Better.NEITHER
        && !group.runs().isEmpty()
        && group.finite(measure).filter(own -> own.count() >= SeedStatistics.ENOUGH).isPresent()
        && !group.statistics(measure).differsFrom(best.orElseThrow())
        && best.get().count() >= SeedStatistics.ENOUGH
        && groups.stream().anyMatch(other -> other.statistics(measure).differsFrom(best.get()));
  }

  /**
   * Returns configurations that differ only in one numeric key, for the lines of a plot.
   *
   * @return configurations by their other differing keys
   */
  Map<String, List<RunGroup>> lines(String key) {
    List<String> others = keys.stream().filter(other -> !other.equals(key)).toList();
    Map<String, List<RunGroup>> lines = new LinkedHashMap<>();
    for (RunGroup group : groups) {
      if (!Double.isFinite(group.number(key))) {
        continue;
      }
      String common =
          others.stream()
              .filter(other -> !group.value(other).isEmpty())
              .map(other -> KeyText.withValue(other, keys, group.value(other)))
              .collect(Collectors.joining(" "));
      lines.computeIfAbsent(common, name -> new ArrayList<>()).add(group);
    }
    lines.values().removeIf(line -> line.size() < 2);
    return lines;
  }

  /**
   * Runs of one configuration.
   *
   * @param name short name of the configuration
   * @param runs its runs with all seeds
   * @param values the metrics of each run by name
   */
  public record RunGroup(String name, List<RunResults> runs, List<Map<String, Double>> values) {

    /** Returns a key's value; empty if it is not set; several if its runs differ in it. */
    String value(String key) {
      return runs.stream()
          .map(run -> run.keys().getOrDefault(key, ""))
          .distinct()
          .collect(Collectors.joining(", "));
    }

    /** Returns a key's value; NaN if it is not a number. */
    double number(String key) {
      try {
        return Double.parseDouble(value(key));
      } catch (NumberFormatException e) {
        return Double.NaN;
      }
    }

    /** Returns the statistics of a metric over the runs that have it. */
    SeedStatistics statistics(Measure measure) {
      return SeedStatistics.of(
          values.stream().map(run -> run.get(measure.name())).filter(Objects::nonNull).toList());
    }

    /** Returns the statistics if they are finite. */
    Optional<SeedStatistics> finite(Measure measure) {
      return Optional.of(statistics(measure)).filter(SeedStatistics::isFinite);
    }

    /** Returns the seeds of its runs. */
    String seeds() {
      return runs.stream().map(RunResults::seed).collect(Collectors.joining(", "));
    }
  }
}
