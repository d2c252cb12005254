package io.ddgan.cli.command;

import io.ddgan.api.Metric.Measure;
import io.ddgan.app.report.Figure;
import io.ddgan.app.report.Figure.Sample;
import io.ddgan.app.report.Figure.Series;
import io.ddgan.app.text.Quantities;
import io.ddgan.app.text.Table;
import io.ddgan.eval.records.EvaluationRecord;
import io.ddgan.eval.records.EvaluationRecord.Comparison;
import io.ddgan.eval.records.EvaluationRecord.Subject;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Prints and plots the results of an evaluation. */
final class EvaluationReport {

  private static final String STEPS = "training steps";

  private final List<EvaluationRecord> records;

  EvaluationReport(List<EvaluationRecord> records) {
    this.records = records;
  }

  /** Prints the conditions, then a table of the values. */
  void print(PrintWriter out) {
    printFirst("features   ", Comparison::featuresText, out);
    printFirst("reference  ", Comparison::referenceText, out);
    Subject subject = records.get(0).subject();
    if (!subject.sampler().isEmpty()) {
      out.printf(
          "samples    %s, seed %d, %d at a time, %s weights%n",
          subject.sampler(), subject.seed(), subject.batch().orElse(1), subject.weights());
    }
    out.printf("machine    %s%n%n", records.get(0).machine().text());
    List<EvaluationRecord> real = records.stream().filter(each -> each.subject().isReal()).toList();
    Table table = new Table();
    table.row(cells(real, "step", "metric", "samples", "value", "real examples"));
    for (EvaluationRecord each : records) {
      if (!each.subject().isReal()) {
        table.row(
            cells(
                real,
                each.subject().checkpoint().map(String::valueOf).orElse("-"),
                each.measure().name(),
                each.samples() == 0 ? "-" : "%,d".formatted(each.samples()),
                Quantities.measured(each.value()),
                realBaseline(each, real)));
      }
    }
    table.print(out);
  }

  /** Omits the last cell, the real baseline, if there is none. */
  private static String[] cells(List<EvaluationRecord> real, String... all) {
    return real.isEmpty() ? Arrays.copyOf(all, all.length - 1) : all;
  }

  /** Returns the value of real examples under the same conditions. */
  private static String realBaseline(EvaluationRecord generated, List<EvaluationRecord> real) {
    return real.stream()
        .filter(
            each ->
                each.settings().equals(generated.settings())
                    && each.comparison().equals(generated.comparison())
                    && each.measure().equals(generated.measure())
                    && each.samples() == generated.samples())
        .findFirst()
        .map(each -> Quantities.measured(each.value()))
        .orElse("-");
  }

  /** Prints a condition, which is the same for all metrics that have it. */
  private void printFirst(String what, Function<Comparison, String> text, PrintWriter out) {
    records.stream()
        .map(record -> text.apply(record.comparison()))
        .filter(found -> !found.isEmpty())
        .findFirst()
        .ifPresent(found -> out.println(what + found));
  }

  /** Returns an SVG with a plot of each measure over the training steps. */
  String plot() {
    Map<Measure, List<Sample>> curves = new LinkedHashMap<>();
    for (EvaluationRecord each : records) {
      double value = each.value();
      if (each.subject().checkpoint().isPresent() && Double.isFinite(value)) {
        curves
            .computeIfAbsent(each.measure(), measure -> new ArrayList<>())
            .add(new Sample(each.subject().checkpoint().get(), value, 0));
      }
    }
    List<Figure> figures = new ArrayList<>();
    curves.forEach(
        (measure, samples) -> {
          samples.sort(Comparator.comparingDouble(Sample::x));
          figures.add(Figure.lines(measure.name(), STEPS, List.of(new Series("", samples))));
        });
    return Figure.stacked(STEPS, figures).svg();
  }
}
