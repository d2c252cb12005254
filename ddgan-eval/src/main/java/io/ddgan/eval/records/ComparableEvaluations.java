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
 * The comparable evaluations of several runs. For each measure these are the values under the
 * conditions that most runs share; ties go to the runs' own weights, samplers and seeds, then to
 * the most samples, then to the newest.
 */
public final class ComparableEvaluations {

  private final List<EvaluationRecord> real;
  private final Map<String, MeasurementConditions> chosen = new LinkedHashMap<>();

  /** Chooses the conditions for runs. */
  public ComparableEvaluations(List<MeasuredRun> runs) {
    this.real =
        runs.stream()
            .flatMap(run -> run.records().stream())
            .filter(each -> each.subject().isReal())
            .toList();
    // For each run under these conditions, the number of records since: its age.
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

  /** Returns the chosen conditions by name of the measure, in the order of measuring. */
  public Map<String, MeasurementConditions> chosen() {
    return Collections.unmodifiableMap(chosen);
  }

  /** Returns a run's records under the chosen conditions, by name of the measure. */
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

  /** Returns the values of {@link #of}. */
  public Map<String, Double> values(MeasuredRun run) {
    Map<String, Double> values = new LinkedHashMap<>();
    of(run).forEach((measure, each) -> values.put(measure, each.value()));
    return values;
  }

  /**
   * Returns the values of real examples under the chosen conditions, by name of the measure: the
   * score of a perfect generator.
   */
  public Map<String, Double> realBaseline() {
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
   * Returns a run's other records: under other conditions, or of the best checkpoint if that is not
   * the last. Excludes earlier checkpoints under the chosen conditions.
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
