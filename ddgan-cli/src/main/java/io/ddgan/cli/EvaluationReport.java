package io.ddgan.cli;

import io.ddgan.train.evaluation.EvaluationFiles;
import io.ddgan.train.evaluation.EvaluationRecord;
import io.ddgan.train.evaluation.EvaluationRecord.Comparison;
import io.ddgan.train.evaluation.EvaluationRecord.Machine;
import io.ddgan.train.evaluation.Result;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Shows what was measured. */
final class EvaluationReport {

  private static final int SHOWN_OF_HASH = 12;

  private final List<EvaluationRecord> records;

  EvaluationReport(List<EvaluationRecord> records) {
    this.records = records;
  }

  /** As JSON. */
  void printJson(PrintWriter out) {
    out.print(EvaluationFiles.json(records));
    out.flush();
  }

  /** As a table, below what it was measured with. */
  void printTable(PrintWriter out) {
    Comparison comparison = records.get(0).comparison();
    if (!comparison.features().isEmpty()) {
      out.printf("features   %s%s%n", comparison.features(), hash(comparison.featuresHash()));
    }
    if (!comparison.referenceHash().isEmpty()) {
      out.printf("reference  %s%s%n", comparison.reference(), hash(comparison.referenceHash()));
    }
    Machine machine = records.get(0).machine();
    out.printf(
        "machine    %s, %d %s%n%n",
        machine.processor(), machine.threads(), machine.threads() == 1 ? "thread" : "threads");
    Table table = new Table();
    table.row("step", "metric", "value", "samples");
    for (EvaluationRecord each : records) {
      Result result = each.result();
      table.row(
          each.subject().checkpoint().map(String::valueOf).orElse("-"),
          result.measure().name(),
          Progress.number(result.value()),
          result.samples() == 0 ? "-" : "%,d".formatted(result.samples()));
    }
    table.print(out);
    out.flush();
  }

  private static String hash(String hash) {
    return " (%s)".formatted(hash.substring(0, SHOWN_OF_HASH));
  }

  /** The numbers over the steps, by name. */
  Map<String, SortedMap<Long, Double>> curves() {
    Map<String, SortedMap<Long, Double>> curves = new LinkedHashMap<>();
    for (EvaluationRecord each : records) {
      each.subject()
          .checkpoint()
          .ifPresent(
              step ->
                  curves
                      .computeIfAbsent(each.result().measure().name(), name -> new TreeMap<>())
                      .put(step, each.result().value()));
    }
    return curves;
  }
}
