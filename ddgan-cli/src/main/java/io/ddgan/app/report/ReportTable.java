package io.ddgan.app.report;

import io.ddgan.api.Metric.Better;
import io.ddgan.api.Metric.Measure;
import io.ddgan.app.experiment.KeyText;
import io.ddgan.app.experiment.SeedStatistics;
import io.ddgan.app.report.RunComparison.RunGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A table of the metrics of configurations, independent of its format.
 *
 * @param names headings of the columns that identify a row
 * @param measures the metrics in the other columns
 * @param rows a row for each configuration
 * @param conditions what the metrics depend on, in sentences
 */
record ReportTable(
    List<String> names, List<Measure> measures, List<Row> rows, List<String> conditions) {

  /** The identifying cells, and a cell for each metric. */
  record Row(List<String> names, List<Cell> numbers) {}

  /** A metric of a configuration; best also if not known to differ from the best mean. */
  record Cell(SeedStatistics statistics, boolean isBest) {}

  /**
   * Returns the table of a comparison.
   *
   * @param shown the differing keys with columns; those that affect training if empty
   */
  static ReportTable of(RunComparison comparison, Optional<Predicate<String>> shown) {
    List<String> keys =
        shown.isEmpty()
            ? comparison.keys()
            : RunComparison.differing(comparison.runs()).stream().filter(shown.get()).toList();
    boolean areNames = shown.isEmpty() && areNames(comparison);
    boolean hasSeeds = comparison.groups().stream().anyMatch(group -> group.runs().size() > 1);
    List<String> names = new ArrayList<>(areNames ? List.of() : List.of("run"));
    keys.forEach(key -> names.add(KeyText.of(key, keys)));
    if (hasSeeds) {
      names.add("seeds");
    }
    List<RunGroup> groups = new ArrayList<>(comparison.groups());
    comparison.real().ifPresent(groups::add);
    List<Row> rows = new ArrayList<>();
    for (RunGroup group : groups) {
      List<String> cells = new ArrayList<>(areNames ? List.of() : List.of(group.name()));
      keys.forEach(key -> cells.add(group.value(key)));
      if (group.runs().isEmpty()) {
        cells.set(0, group.name());
      }
      if (hasSeeds) {
        cells.add(group.seeds());
      }
      List<Cell> numbers =
          comparison.measures().stream()
              .map(one -> new Cell(group.statistics(one), comparison.isBest(group, one)))
              .toList();
      rows.add(new Row(cells, numbers));
    }
    return new ReportTable(names, comparison.measures(), rows, ConditionsText.compared(comparison));
  }

  /** Returns whether the names say only what the columns of the keys do. */
  private static boolean areNames(RunComparison comparison) {
    List<String> keys = comparison.keys();
    return !keys.isEmpty()
        && comparison.groups().stream()
            .allMatch(
                group ->
                    keys.stream()
                        .filter(key -> !group.value(key).isEmpty())
                        .map(key -> KeyText.withValue(key, keys, group.value(key)))
                        .allMatch(group.name()::contains));
  }

  /**
   * Returns what the numbers and marks mean, in sentences.
   *
   * @param mark how the best numbers are marked, such as {@code bold}
   */
  List<String> caption(String mark) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Mean ± standard deviation over seeds; ↓: lower is better, ↑: higher is better; %s: the best mean, and those that Welch's t-test at 5 %% does not tell from it, with at least three seeds of each."
            .formatted(mark));
    conditions.forEach(each -> lines.add(each + "."));
    return lines;
  }

  /** Returns the name of a metric, with an arrow in the better direction. */
  static String heading(Measure measure) {
    if (measure.better() == Better.NEITHER) {
      return measure.name();
    }
    return measure.name() + (measure.better() == Better.LOWER ? " ↓" : " ↑");
  }
}
