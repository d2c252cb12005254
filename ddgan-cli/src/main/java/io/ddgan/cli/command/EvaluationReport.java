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

/** Shows what was measured. */
final class EvaluationReport {

  private static final String STEPS = "steps of training";

  private final List<EvaluationRecord> records;

  EvaluationReport(List<EvaluationRecord> records) {
    this.records = records;
  }

  /** As a table, below what it was measured with. */
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
    table.row(cells(real, "step", "metric", "samples", "value", "of real examples"));
    for (EvaluationRecord each : records) {
      if (!each.subject().isReal()) {
        table.row(
            cells(
                real,
                each.subject().checkpoint().map(String::valueOf).orElse("-"),
                each.measure().name(),
                each.samples() == 0 ? "-" : "%,d".formatted(each.samples()),
                Quantities.measured(each.value()),
                floor(each, real)));
      }
    }
    table.print(out);
  }

  /** All but the last, the floor, where no real examples were measured. */
  private static String[] cells(List<EvaluationRecord> real, String... all) {
    return real.isEmpty() ? Arrays.copyOf(all, all.length - 1) : all;
  }

  /** The number of real examples that was measured alike. */
  private static String floor(EvaluationRecord generated, List<EvaluationRecord> real) {
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

  /** Not all metrics see them, but those that do see the same ones. */
  private void printFirst(String what, Function<Comparison, String> text, PrintWriter out) {
    records.stream()
        .map(record -> text.apply(record.comparison()))
        .filter(found -> !found.isEmpty())
        .findFirst()
        .ifPresent(found -> out.println(what + found));
  }

  /** The numbers over the steps, a plot for each measure below the others, as SVG. */
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
