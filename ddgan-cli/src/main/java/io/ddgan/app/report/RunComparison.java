package io.ddgan.app.report;

import io.ddgan.api.Metric.Better;
import io.ddgan.api.Metric.Measure;
import io.ddgan.app.experiment.KeyText;
import io.ddgan.app.experiment.SeedStatistics;
import io.ddgan.eval.records.EqualConditions;
import io.ddgan.eval.records.EvaluationRecord;
import io.ddgan.eval.records.MeasurementConditions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs on the same data, and what distinguishes them. */
public final class RunComparison {

  private static final String DATA = "data.";

  /** Keys that say what is written and measured on the way, and change nothing that is learnt. */
  private static final Pattern BOOKKEEPING =
      Pattern.compile(
          "(evaluation|listeners)\\b.*|training\\.(log|sample|checkpoint)-every|training\\.sample-count|training\\.checkpoints-kept");

  private final List<Run> runs;
  private final List<String> keys;
  private final EqualConditions conditions;
  private final List<Measure> measures;
  private final List<RunGroup> groups;

  private RunComparison(List<Run> runs) {
    this.runs = List.copyOf(runs);
    this.keys = differing(runs).stream().filter(RunComparison::isOfTheExperiment).toList();
    this.conditions = EqualConditions.among(runs.stream().map(Run::measured).toList());
    this.measures =
        Stream.concat(
                runs.stream().flatMap(run -> run.configured().stream()),
                conditions.chosen().values().stream().map(MeasurementConditions::measure))
            .filter(measure -> conditions.chosen().containsKey(measure.name()))
            .distinct()
            .toList();
    Map<List<Object>, List<Run>> byConfiguration = new LinkedHashMap<>();
    Map<List<Object>, Integer> again = new HashMap<>();
    for (Run run : runs) {
      Map<String, String> experiment = new TreeMap<>(run.keys());
      experiment.keySet().removeIf(key -> !isOfTheExperiment(key));
      // A second run of a seed is no second seed, whatever it is.
      int before = again.merge(List.of(experiment, run.seed()), 1, Integer::sum);
      byConfiguration
          .computeIfAbsent(List.of(experiment, before), all -> new ArrayList<>())
          .add(run);
    }
    List<List<Run>> all = List.copyOf(byConfiguration.values());
    List<String> names = GroupNames.of(all, keys);
    List<RunGroup> named = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      named.add(group(names.get(i), all.get(i)));
    }
    this.groups = List.copyOf(named);
  }

  private RunGroup group(String name, List<Run> same) {
    return new RunGroup(name, same, same.stream().map(this::values).toList());
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

  private static boolean isOfTheExperiment(String key) {
    return !BOOKKEEPING.matcher(key).matches();
  }

  /** Keys in which any runs differ, in the order of the alphabet. */
  static List<String> differing(List<Run> runs) {
    TreeSet<String> all = new TreeSet<>();
    runs.forEach(run -> all.addAll(run.keys().keySet()));
    return all.stream()
        .filter(key -> runs.stream().map(run -> run.keys().get(key)).distinct().count() > 1)
        .toList();
  }

  /** The data that all runs have learnt. */
  public String data() {
    return runs.get(0).keys().getOrDefault(DATA + "type", "data");
  }

  List<Run> runs() {
    return runs;
  }

  /** Keys that differ between configurations, without those of measuring and writing. */
  List<String> keys() {
    return keys;
  }

  /** What was measured of any run. */
  List<Measure> measures() {
    return measures;
  }

  /**
   * Measures that say something of the data rather than of configurations: the number of modes that
   * there are. They are the same in all of several configurations, and neither way is better.
   */
  List<Measure> constants() {
    List<Measure> differing = differingMeasures();
    return measures.stream()
        .filter(measure -> groups.size() > 1 && measure.better() == Better.NEITHER)
        .filter(measure -> !differing.contains(measure))
        .toList();
  }

  /** Under what a measure's numbers were measured. */
  MeasurementConditions conditions(Measure measure) {
    return conditions.chosen().get(measure.name());
  }

  /** A measurement that stands for others of the same conditions: what it was measured with. */
  Optional<EvaluationRecord> example(Measure measure) {
    return runs.stream()
        .flatMap(
            run -> Optional.ofNullable(conditions.of(run.measured()).get(measure.name())).stream())
        .findFirst();
  }

  /** A run's numbers that compare with others' of the same name. */
  Map<String, Double> values(Run run) {
    return conditions.values(run.measured());
  }

  /** What real examples get in place of generated ones, by name of the measure. */
  Map<String, Double> floor() {
    return conditions.floor();
  }

  /** What was measured of a run that does not compare. */
  List<EvaluationRecord> others(Run run) {
    return conditions.others(run.measured());
  }

  /** Measures in which configurations differ, as not all do: the number of modes that there are. */
  List<Measure> differingMeasures() {
    return measures.stream()
        .filter(
            measure ->
                groups.stream()
                        .flatMap(group -> group.statistics(measure).stream())
                        .map(SeedStatistics::mean)
                        .distinct()
                        .count()
                    > 1)
        .toList();
  }

  /** The configurations, in the order of their first runs. */
  List<RunGroup> groups() {
    return groups;
  }

  /** Whether any configuration was trained with several seeds. */
  boolean hasSeeds() {
    return groups.stream().anyMatch(group -> group.runs().size() > 1);
  }

  /**
   * Whether a configuration has the best mean of all, or one that is no further from it than that
   * one's standard deviation; never where all are equal.
   */
  boolean isBest(RunGroup group, Measure measure) {
    Optional<SeedStatistics> own = group.finite(measure);
    if (measure.better() == Better.NEITHER || own.isEmpty() || groups.size() < 2) {
      return false;
    }
    double sign = measure.better() == Better.LOWER ? 1 : -1;
    SeedStatistics best =
        groups.stream()
            .flatMap(other -> other.finite(measure).stream())
            .min((one, other) -> Double.compare(sign * one.mean(), sign * other.mean()))
            .orElseThrow();
    return differingMeasures().contains(measure)
        && Math.abs(own.get().mean() - best.mean()) <= best.spread();
  }

  /** Configurations in which a key is a number. */
  List<RunGroup> numeric(String key) {
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
  Map<String, List<RunGroup>> lines(String key) {
    List<String> others = keys.stream().filter(other -> !other.equals(key)).toList();
    Map<String, List<RunGroup>> lines = new LinkedHashMap<>();
    for (RunGroup group : numeric(key)) {
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
   * @param name what the configuration is called, briefly
   * @param runs its runs, of all seeds
   * @param values what was measured of each, by name
   */
  record RunGroup(String name, List<Run> runs, List<Map<String, Double>> values) {

    /** A key's value; empty if the configuration has none. */
    String value(String key) {
      return runs.get(0).keys().getOrDefault(key, "");
    }

    /** A measure's numbers, of the runs that have one. */
    List<Double> numbers(Measure measure) {
      return values.stream().map(run -> run.get(measure.name())).filter(Objects::nonNull).toList();
    }

    /** Mean and deviation of a measure over the runs that have it. */
    Optional<SeedStatistics> statistics(Measure measure) {
      List<Double> numbers = numbers(measure);
      return numbers.isEmpty() ? Optional.empty() : Optional.of(SeedStatistics.of(numbers));
    }

    /** The same if it can be drawn and compared. */
    Optional<SeedStatistics> finite(Measure measure) {
      return statistics(measure).filter(SeedStatistics::isFinite);
    }

    /** The seeds of its runs. */
    String seeds() {
      return runs.stream().map(Run::seed).collect(Collectors.joining(", "));
    }
  }
}
