package io.ddgan.app.report;

import io.ddgan.app.report.RunComparison.RunGroup;
import io.ddgan.app.text.Quantities;
import io.ddgan.eval.records.EvaluationRecord;
import io.ddgan.eval.records.MeasurementConditions;
import io.ddgan.train.step.CheckpointNetwork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Describes the conditions of evaluations. */
public final class ConditionsText {

  private ConditionsText() {}

  /** Returns the conditions of the compared metrics, one line for all with the same ones. */
  public static List<String> compared(RunComparison comparison) {
    Map<String, List<String>> measures = new LinkedHashMap<>();
    for (MeasurementConditions conditions : comparison.conditions()) {
      comparison
          .example(conditions.measure())
          .ifPresent(
              example ->
                  measures
                      .computeIfAbsent(of(example, conditions), same -> new ArrayList<>())
                      .add(conditions.measure().name()));
    }
    List<String> lines = new ArrayList<>();
    measures.forEach((same, names) -> lines.add(String.join(", ", names) + ": " + same));
    return lines;
  }

  /** Returns a line for each value measured under other conditions. */
  public static List<String> others(RunComparison comparison) {
    List<String> lines = new ArrayList<>();
    for (RunGroup group : comparison.groups()) {
      for (RunResults run : group.runs()) {
        String name = group.name() + (group.runs().size() > 1 ? " seed=" + run.seed() : "");
        for (EvaluationRecord each : comparison.measured().others(run.measured())) {
          String checkpoint =
              each.subject()
                  .checkpoint()
                  .filter(step -> step != run.measured().step())
                  .map("step %,d; "::formatted)
                  .orElse("");
          lines.add(
              "%s: %s %s; %s%s"
                  .formatted(
                      name,
                      each.measure().name(),
                      Quantities.measured(each.value()),
                      checkpoint,
                      of(each, run.measured().conditions(each))));
        }
      }
    }
    return lines;
  }

  private static String of(EvaluationRecord measured, MeasurementConditions conditions) {
    List<String> words = new ArrayList<>();
    words.add(
        conditions
            .machine()
            .map(machine -> "on " + machine.text())
            .orElseGet(() -> "%,d samples".formatted(conditions.samples())));
    words.add(conditions.keys());
    words.add(named("features: ", measured.comparison().featuresText()));
    words.add(named("compared with ", measured.comparison().referenceText()));
    if (!conditions.weights().equals(CheckpointNetwork.EMA.title())) {
      words.add(conditions.weights() + " weights");
    }
    conditions.sampler().ifPresent(sampler -> words.add("sampler " + sampler));
    conditions.seed().ifPresent(seed -> words.add("seed " + seed));
    words.removeIf(String::isEmpty);
    return String.join("; ", words);
  }

  private static String named(String what, String text) {
    return text.isEmpty() ? "" : what + text;
  }
}
