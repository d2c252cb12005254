package io.ddgan.app.report;

import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;
import static j2html.TagCreator.ul;

import io.ddgan.app.process.Invocation;
import io.ddgan.app.report.RunComparison.RunGroup;
import io.ddgan.app.text.Quantities;
import io.ddgan.eval.records.EvaluationRecord;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;

/** A comparison's tables on a page. */
final class TableSection {

  /** More columns of numbers are wider than a screen. */
  private static final int MOST_MEASURES = 6;

  private TableSection() {}

  /** What was measured, under what, and what the configurations are if the table cannot say it. */
  static List<DomContent> results(RunComparison comparison, Invocation invocation) {
    List<DomContent> parts = new ArrayList<>();
    if (comparison.measures().isEmpty()) {
      parts.add(
          p("Nothing was measured of the last steps of these runs; measure with: ")
              .with(code(NotMeasured.command(comparison, invocation))));
    }
    ReportTable table = ReportTable.of(comparison);
    if (!table.measures().isEmpty() || comparison.groups().size() > 1) {
      table.parts(MOST_MEASURES).forEach(part -> parts.add(results(part)));
    }
    if (!comparison.measures().isEmpty()) {
      parts.add(p(reading(comparison)).withClass("note"));
      parts.add(
          ul(each(ConditionsText.conditions(comparison), line -> li(line))).withClass("note"));
    }
    if (ReportTable.leavesOut(comparison)) {
      parts.addAll(differences(comparison));
    }
    return parts;
  }

  private static DomContent results(ReportTable results) {
    return div(table(
                thead(
                    tr(
                        each(results.names(), name -> th(name)),
                        each(
                            results.measures(),
                            measure -> th(TableFormat.heading(measure)).withClass("number")))),
                tbody(
                    each(
                        results.rows(),
                        row ->
                            tr(
                                each(row.names(), name -> td(name)),
                                each(
                                    row.numbers(),
                                    cell ->
                                        td(cell.text())
                                            .withClasses("number", cell.isBest() ? "best" : ""))))))
            .withClass("results"))
        .withClass("scroll");
  }

  private static String reading(RunComparison comparison) {
    String floor =
        comparison.floor().isEmpty()
            ? ""
            : " The last row is of as many real examples, other ones than those compared with where a metric compares with as many: what a perfect generator would get.";
    return marks(comparison) + floor;
  }

  private static String marks(RunComparison comparison) {
    String seeds = comparison.hasSeeds() ? "Mean ± standard deviation over seeds. " : "";
    if (comparison.groups().size() < 2) {
      return seeds + "↓: lower is better, ↑: higher.";
    }
    return seeds
        + "↓: lower is better, ↑: higher; marked is the best"
        + (comparison.hasSeeds() ? ", with those within its standard deviation." : ".");
  }

  private static List<DomContent> differences(RunComparison comparison) {
    return List.of(
        h3("What differs"),
        div(table(
                    thead(tr(th("key"), each(comparison.groups(), group -> th(group.name())))),
                    tbody(
                        each(
                            comparison.keys(),
                            key ->
                                tr(
                                    th(key),
                                    each(
                                        comparison.groups(),
                                        group ->
                                            td(
                                                group.value(key).isEmpty()
                                                    ? "–"
                                                    : group.value(key)))))))
                .withClass("long"))
            .withClass("scroll"));
  }

  /** What was measured under other conditions, which no number above compares with. */
  static List<DomContent> others(RunComparison comparison) {
    List<DomContent> rows = new ArrayList<>();
    for (RunGroup group : comparison.groups()) {
      for (Run run : group.runs()) {
        for (EvaluationRecord each : comparison.others(run)) {
          rows.add(
              tr(
                  td(group.name()),
                  td(run.seed()),
                  td(each.measure().name()),
                  td(Quantities.measured(each.value())).withClass("number"),
                  td(ConditionsText.of(run, each))));
        }
      }
    }
    return rows.isEmpty()
        ? List.of()
        : List.of(
            h3("Measured under other conditions"),
            p("Of other checkpoints, or with other samples, samplers or extractors; not comparable with the table above.")
                .withClass("note"),
            div(table(
                    thead(tr(th("run"), th("seed"), th("measure"), th("value"), th("conditions"))),
                    tbody(each(rows, row -> row))))
                .withClass("scroll"));
  }
}
