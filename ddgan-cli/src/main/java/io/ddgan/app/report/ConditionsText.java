package io.ddgan.app.report;

import io.ddgan.api.Metric.Measure;
import io.ddgan.eval.records.EvaluationRecord;
import io.ddgan.eval.records.MeasurementConditions;
import io.ddgan.train.step.StoredNetwork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Under what something was measured, in words. */
final class ConditionsText {

  private ConditionsText() {}

  /** Under what the numbers of all measures were measured, a line for those of the same. */
  static List<String> conditions(RunComparison comparison) {
    Map<String, List<String>> measures = new LinkedHashMap<>();
    for (Measure measure : comparison.measures()) {
      measures
          .computeIfAbsent(conditions(comparison, measure), same -> new ArrayList<>())
          .add(measure.name());
    }
    return measures.entrySet().stream()
        .map(entry -> "%s: %s".formatted(String.join(", ", entry.getValue()), entry.getKey()))
        .toList();
  }

  private static String conditions(RunComparison comparison, Measure measure) {
    return comparison
        .example(measure)
        .map(example -> of(example, comparison.conditions(measure)))
        .orElseThrow();
  }

  /** What a number that does not compare was measured with. */
  static String of(Run run, EvaluationRecord measured) {
    String checkpoint =
        measured
            .subject()
            .checkpoint()
            .filter(step -> step != run.cost().step())
            .map("step %,d; "::formatted)
            .orElse("");
    return checkpoint + of(measured, run.measured().conditions(measured));
  }

  private static String of(EvaluationRecord measured, MeasurementConditions conditions) {
    List<String> words = new ArrayList<>();
    conditions
        .machine()
        .ifPresentOrElse(
            machine -> words.add("on " + machine.text()),
            () -> words.add("%,d samples".formatted(conditions.samples())));
    words.add(conditions.keys());
    words.add(named("features: ", measured.comparison().featuresText()));
    words.add(named("compared with ", measured.comparison().referenceText()));
    if (!conditions.weights().equals(StoredNetwork.AVERAGE.title())) {
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
