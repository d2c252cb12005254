package io.ddgan.app.sweep;

import io.ddgan.api.Metric.Measure;
import io.ddgan.app.experiment.SeedStatistics;
import io.ddgan.train.run.CsvTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came out of each configuration of a sweep, over its seeds. */
final class Summary {

  /** The first column, before the distinctions. */
  static final String CONFIGURATION = "configuration";

  /** The first column after the distinctions: how many trials there are. */
  static final String TRIALS = "trials";

  /** The last column before the measures: how many of them are done. */
  static final String DONE = "done";

  private final Results results;

  /** The trials of each configuration, of all seeds, in the order of the sweep. */
  private final List<List<Results.Row>> configurations;

  private Summary(Results results, List<List<Results.Row>> configurations) {
    this.results = results;
    this.configurations = configurations;
  }

  /** Summarises results. */
  static Summary of(Results results) {
    Map<String, List<Results.Row>> byConfiguration = new LinkedHashMap<>();
    for (Results.Row row : results.rows()) {
      byConfiguration
          .computeIfAbsent(row.trial().configuration(), name -> new ArrayList<>())
          .add(row);
    }
    return new Summary(results, List.copyOf(byConfiguration.values()));
  }

  void write(Path file) throws IOException {
    new CsvTable(header(), configurations.stream().map(this::row).toList()).write(file);
  }

  private List<String> header() {
    List<String> header = new ArrayList<>(List.of(CONFIGURATION));
    header.addAll(results.distinctions());
    header.addAll(List.of(TRIALS, DONE));
    results.measures().forEach(measure -> header.addAll(columns(measure.name())));
    return header;
  }

  /** The columns of a measure. */
  static List<String> columns(String measure) {
    return List.of(measure + "-mean", measure + "-deviation", measure + "-count");
  }

  /** What stands in them. */
  static List<Object> cells(List<Double> values) {
    SeedStatistics spread = values.isEmpty() ? SeedStatistics.NONE : SeedStatistics.of(values);
    return List.of(
        spread.count() == 0 ? "" : spread.mean(),
        spread.count() < 2 ? "" : spread.deviation(),
        spread.count());
  }

  private List<Object> row(List<Results.Row> trials) {
    // What varies between configurations is the same in all trials of one.
    Trial trial = trials.get(0).trial();
    List<Object> cells = new ArrayList<>(List.of(trial.configuration()));
    cells.addAll(results.description(trial));
    cells.add(trials.size());
    cells.add(trials.stream().filter(row -> row.status().is(Status.TrialState.DONE)).count());
    for (Measure measure : results.measures()) {
      cells.addAll(
          cells(
              trials.stream()
                  .filter(row -> row.values().containsKey(measure.name()))
                  .map(row -> row.values().get(measure.name()))
                  .toList()));
    }
    return cells;
  }
}
