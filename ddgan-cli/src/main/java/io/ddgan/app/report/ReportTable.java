package io.ddgan.app.report;

import io.ddgan.api.Metric.Better;
import io.ddgan.api.Metric.Measure;
import io.ddgan.app.experiment.KeyText;
import io.ddgan.app.experiment.SeedStatistics;
import io.ddgan.app.report.RunComparison.RunGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What was measured of several configurations, before it is written in any format.
 *
 * @param names headings of the columns that say what a row is
 * @param measures headings of the columns of numbers
 * @param rows a row for each configuration
 */
record ReportTable(List<String> names, List<Measure> measures, List<Row> rows) {

  /** What the row of real examples is called. */
  static final String FLOOR = "real examples";

  /** With more keys than these, a table is too wide to be read. */
  private static final int MOST_KEYS = 5;

  /**
   * A row.
   *
   * @param names what it is
   * @param numbers a cell for each measure
   */
  record Row(List<String> names, List<Cell> numbers) {}

  /**
   * A measure of a configuration.
   *
   * @param statistics over its seeds; nothing if it was not measured
   * @param isBest whether none is better, or not by more than the seeds differ
   */
  record Cell(Optional<SeedStatistics> statistics, boolean isBest) {

    String text() {
      return statistics.map(SeedStatistics::toString).orElse("–");
    }
  }

  /** The table of a comparison. */
  static ReportTable of(RunComparison comparison) {
    List<String> keys = keys(comparison);
    List<String> names = new ArrayList<>(List.of("run"));
    keys.forEach(key -> names.add(KeyText.of(key, keys)));
    List<Measure> measures = new ArrayList<>(comparison.measures());
    measures.removeAll(comparison.constants());
    boolean hasSeeds = comparison.hasSeeds();
    if (hasSeeds) {
      names.add("seeds");
    }
    List<Row> rows = new ArrayList<>();
    for (RunGroup group : comparison.groups()) {
      List<String> cells = new ArrayList<>(List.of(group.name()));
      keys.forEach(key -> cells.add(group.value(key)));
      if (hasSeeds) {
        cells.add(group.seeds());
      }
      rows.add(
          new Row(
              cells,
              measures.stream()
                  .map(
                      measure ->
                          new Cell(group.statistics(measure), comparison.isBest(group, measure)))
                  .toList()));
    }
    if (!comparison.floor().isEmpty()) {
      rows.add(floor(comparison, names.size(), measures));
    }
    return new ReportTable(names, measures, rows);
  }

  private static Row floor(RunComparison comparison, int names, List<Measure> measures) {
    List<String> cells = new ArrayList<>(List.of(FLOOR));
    cells.addAll(Collections.nCopies(names - 1, ""));
    return new Row(
        cells,
        measures.stream()
            .map(
                measure ->
                    new Cell(
                        Optional.ofNullable(comparison.floor().get(measure.name()))
                            .map(value -> SeedStatistics.of(List.of(value))),
                        false))
            .toList());
  }

  /** Keys that have columns; names that are made of their values say them already. */
  private static List<String> keys(RunComparison comparison) {
    List<String> keys = comparison.keys();
    boolean areNames =
        comparison.groups().stream()
            .allMatch(group -> keys.stream().allMatch(key -> isNamed(group, key, keys)));
    return areNames || keys.size() > MOST_KEYS ? List.of() : keys;
  }

  /** Whether a configuration's name says what value a key has, if it has one. */
  private static boolean isNamed(RunGroup group, String key, List<String> keys) {
    String value = group.value(key);
    return value.isEmpty() || group.name().contains(KeyText.withValue(key, keys, value));
  }

  /** Whether keys differ that the table does not show. */
  static boolean leavesOut(RunComparison comparison) {
    return comparison.keys().size() > MOST_KEYS;
  }

  /**
   * The same as tables below each other, each of some of the measures.
   *
   * @param most measures of a table
   */
  List<ReportTable> parts(int most) {
    return IntStream.range(0, Math.max(1, (measures.size() + most - 1) / most))
        .mapToObj(part -> columns(part * most, Math.min(measures.size(), (part + 1) * most)))
        .toList();
  }

  private ReportTable columns(int first, int end) {
    return new ReportTable(
        names,
        measures.subList(first, end),
        rows.stream().map(row -> new Row(row.names(), row.numbers().subList(first, end))).toList());
  }

  /** Which way a measure is better, as an arrow; empty if neither is. */
  static String arrow(Measure measure) {
    if (measure.better() == Better.NEITHER) {
      return "";
    }
    return measure.better() == Better.LOWER ? "↓" : "↑";
  }
}
