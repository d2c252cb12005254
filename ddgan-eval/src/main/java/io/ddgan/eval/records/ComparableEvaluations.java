package io.ddgan.eval.records;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * What compares of all that was measured of several runs: for each measure the numbers under those
 * conditions under which most runs were measured. Of several, those with the runs' own weights,
 * samplers and seeds; of these, those of most samples; of these, the newest.
 */
public final class ComparableEvaluations {

  private final List<EvaluationRecord> real;
  private final Map<String, MeasurementConditions> chosen = new LinkedHashMap<>();

  /** Looks at runs. */
  public ComparableEvaluations(List<MeasuredRun> runs) {
    this.real =
        runs.stream()
            .flatMap(run -> run.records().stream())
            .filter(each -> each.subject().isReal())
            .toList();
    // Of each run that was measured under them, how much was measured since.
    Map<MeasurementConditions, List<Integer>> candidates = new LinkedHashMap<>();
    for (MeasuredRun run : runs) {
      List<EvaluationRecord> records = run.ofItsStep();
      for (int i = 0; i < records.size(); i++) {
        candidates
            .computeIfAbsent(run.conditions(records.get(i)), same -> new ArrayList<>())
            .add(records.size() - i);
      }
    }
    Comparator<MeasurementConditions> order =
        Comparator.<MeasurementConditions>comparingInt(each -> candidates.get(each).size())
            .thenComparing(MeasurementConditions::isUsual)
            .thenComparing(MeasurementConditions::samples)
            .thenComparing(
                each -> -candidates.get(each).stream().mapToInt(Integer::intValue).sum());
    candidates
        .keySet()
        .forEach(each -> chosen.merge(each.measure().name(), each, BinaryOperator.maxBy(order)));
  }

  /** The conditions that were chosen, by name of the measure, in the order of measuring. */
  public Map<String, MeasurementConditions> chosen() {
    return Collections.unmodifiableMap(chosen);
  }

  /** What was measured of a run under the chosen conditions, by name of the measure. */
  public Map<String, EvaluationRecord> of(MeasuredRun run) {
    Map<MeasurementConditions, EvaluationRecord> found = new HashMap<>();
    run.ofItsStep().forEach(each -> found.put(run.conditions(each), each));
    Map<String, EvaluationRecord> values = new LinkedHashMap<>();
    chosen.forEach(
        (measure, conditions) ->
            Optional.ofNullable(found.get(conditions))
                .ifPresent(each -> values.put(measure, each)));
    return values;
  }

  /** The same numbers alone. */
  public Map<String, Double> values(MeasuredRun run) {
    Map<String, Double> values = new LinkedHashMap<>();
    of(run).forEach((measure, each) -> values.put(measure, each.value()));
    return values;
  }

  /**
   * What real examples get in place of generated ones, under the conditions that were chosen, by
   * name of the measure: what a perfect generator would.
   */
  public Map<String, Double> floor() {
    Map<String, Double> floor = new LinkedHashMap<>();
    for (EvaluationRecord each : real) {
      MeasurementConditions conditions = chosen.get(each.measure().name());
      if (conditions != null && conditions.isAlike(each)) {
        floor.put(each.measure().name(), each.value());
      }
    }
    return floor;
  }

  /**
   * What was measured of a run otherwise: under other conditions, or of the best checkpoint where
   * that is not the last. What was measured on the way to a number that compares is not among it.
   */
  public List<EvaluationRecord> others(MeasuredRun run) {
    Map<String, EvaluationRecord> compared = of(run);
    return run.records().stream()
        .filter(each -> !each.subject().isReal())
        .filter(
            each -> {
              String measure = each.measure().name();
              return !compared.containsKey(measure)
                  || each.subject().checkpoint().equals(run.best())
                  || !run.conditions(each).equals(chosen.get(measure));
            })
        .toList();
  }
}
