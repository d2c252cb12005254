package io.ddgan.cli.sweep;

import io.ddgan.api.Metric.Measure;
import io.ddgan.train.run.CsvTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came out of each configuration of a sweep, over its seeds. */
public final class Summary {

  private final Results results;
  private final List<TrialGroup> groups;

  /**
   * A configuration.
   *
   * @param trials its trials, of all seeds
   * @param measured spread by name of the measure
   */
  public record TrialGroup(List<Results.Row> trials, Map<String, TrialStatistics> measured) {

    /** What the trials have in common: label and values of the varied keys. */
    public Trial trial() {
      return trials.get(0).trial();
    }
  }

  private Summary(Results results, List<TrialGroup> groups) {
    this.results = results;
    this.groups = groups;
  }

  /** Summarises results. */
  public static Summary of(Results results) {
    Map<String, List<Results.Row>> byConfiguration = new LinkedHashMap<>();
    for (Results.Row row : results.rows()) {
      byConfiguration
          .computeIfAbsent(row.trial().configuration(), name -> new ArrayList<>())
          .add(row);
    }
    return new Summary(
        results,
        byConfiguration.values().stream()
            .map(rows -> new TrialGroup(rows, measured(rows, results.measures())))
            .toList());
  }

  private static Map<String, TrialStatistics> measured(
      List<Results.Row> rows, List<Measure> measures) {
    Map<String, TrialStatistics> measured = new LinkedHashMap<>();
    for (Measure measure : measures) {
      List<Double> values =
          rows.stream()
              .filter(row -> row.values().containsKey(measure.name()))
              .map(row -> row.values().get(measure.name()))
              .toList();
      if (!values.isEmpty()) {
        measured.put(measure.name(), TrialStatistics.of(values));
      }
    }
    return measured;
  }

  /** The configurations, in the order of the sweep. */
  public List<TrialGroup> groups() {
    return groups;
  }

  void write(Path file) throws IOException {
    new CsvTable(header(), groups.stream().map(this::cells).toList()).write(file);
  }

  private List<String> header() {
    List<String> header = new ArrayList<>(List.of("configuration"));
    header.addAll(results.distinctions());
    header.addAll(List.of("trials", "done"));
    results.measures().forEach(measure -> header.addAll(columns(measure.name())));
    return header;
  }

  /** The columns of a measure. */
  static List<String> columns(String measure) {
    return List.of(measure + "-mean", measure + "-deviation", measure + "-count");
  }

  /** What stands in them. */
  static List<Object> cells(List<Double> values) {
    TrialStatistics spread = values.isEmpty() ? TrialStatistics.NONE : TrialStatistics.of(values);
    return List.of(
        spread.count() == 0 ? "" : spread.mean(),
        spread.count() < 2 ? "" : spread.deviation(),
        spread.count());
  }

  private List<Object> cells(TrialGroup group) {
    List<Object> cells = new ArrayList<>(List.of(group.trial().configuration()));
    cells.addAll(results.description(group.trial()));
    cells.add(group.trials().size());
    cells.add(
        group.trials().stream().filter(row -> row.status().is(Status.TrialState.DONE)).count());
    for (Measure measure : results.measures()) {
      cells.addAll(
          cells(
              group.trials().stream()
                  .filter(row -> row.values().containsKey(measure.name()))
                  .map(row -> row.values().get(measure.name()))
                  .toList()));
    }
    return cells;
  }
}
