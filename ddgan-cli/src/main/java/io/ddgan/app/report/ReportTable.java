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
 * What was measured of several configurations, before it is written in any format.
 *
 * @param names headings of the columns that say what a row is
 * @param measures headings of the columns of numbers
 * @param rows a row for each configuration
 */
record ReportTable(List<String> names, List<Measure> measures, List<Row> rows) {

  /** What a row is, and a cell for each measure. */
  record Row(List<String> names, List<Cell> numbers) {}

  /** A measure of a configuration, and whether none is better, or only by the seeds' deviation. */
  record Cell(SeedStatistics statistics, boolean isBest) {}

  /**
   * The table of a comparison.
   *
   * @param shown which of all keys that differ have columns; those of the experiment if empty
   */
  static ReportTable of(RunComparison comparison, Optional<Predicate<String>> shown) {
    List<String> keys =
        shown.isEmpty()
            ? keys(comparison)
            : RunComparison.differing(comparison.runs()).stream().filter(shown.get()).toList();
    boolean hasSeeds = comparison.groups().stream().anyMatch(group -> group.runs().size() > 1);
    List<String> names = new ArrayList<>(List.of("run"));
    keys.forEach(key -> names.add(KeyText.of(key, keys)));
    if (hasSeeds) {
      names.add("seeds");
    }
    List<RunGroup> groups = new ArrayList<>(comparison.groups());
    comparison.real().ifPresent(groups::add);
    List<Row> rows = new ArrayList<>();
    for (RunGroup group : groups) {
      List<String> cells = new ArrayList<>(List.of(group.name()));
      keys.forEach(key -> cells.add(group.value(key)));
      if (hasSeeds) {
        cells.add(group.seeds());
      }
      List<Cell> numbers =
          comparison.measures().stream()
              .map(one -> new Cell(group.statistics(one), comparison.isBest(group, one)))
              .toList();
      rows.add(new Row(cells, numbers));
    }
    return new ReportTable(names, comparison.measures(), rows);
  }

  /** Keys that have columns; names that are made of their values say them already. */
  private static List<String> keys(RunComparison comparison) {
    List<String> keys = comparison.keys();
    boolean areNames =
        comparison.groups().stream()
            .allMatch(
                group ->
                    keys.stream()
                        .filter(key -> !group.value(key).isEmpty())
                        .map(key -> KeyText.withValue(key, keys, group.value(key)))
                        .allMatch(group.name()::contains));
    return areNames ? List.of() : keys;
  }

  /** A measure, with an arrow that says which way is better. */
  static String heading(Measure measure) {
    if (measure.better() == Better.NEITHER) {
      return measure.name();
    }
    return measure.name() + (measure.better() == Better.LOWER ? " ↓" : " ↑");
  }
}
