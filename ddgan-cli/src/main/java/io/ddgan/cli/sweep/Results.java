package io.ddgan.cli.sweep;

import io.ddgan.api.Metric.Measure;
import io.ddgan.train.run.MetricsCsv;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What has come out of a sweep so far. */
public final class Results {

  private final SweepFolder folder;
  private final List<Row> rows = new ArrayList<>();
  private final List<String> keys;
  private final List<Measure> measures;

  /**
   * What came out of a trial.
   *
   * @param trial the trial
   * @param status how far it is
   * @param values what was measured at its end, by name
   */
  public record Row(Trial trial, Status status, Map<String, Double> values) {}

  private Results(SweepFolder folder, List<Trial> trials) {
    this.folder = folder;
    this.keys = keys(trials);
    this.measures = trials.stream().flatMap(trial -> trial.measures().stream()).distinct().toList();
  }

  /**
   * Looks at the state of all trials.
   *
   * @throws IOException if a file of a trial cannot be read
   */
  public static Results read(SweepFolder folder, List<Trial> trials) throws IOException {
    Results results = new Results(folder, trials);
    for (Trial trial : trials) {
      results.rows.add(results.row(trial, Status.read(folder.status(trial.name()))));
    }
    return results;
  }

  private Row row(Trial trial, Status status) throws IOException {
    return new Row(trial, status, status.is(Status.State.DONE) ? measured(trial) : Map.of());
  }

  private Map<String, Double> measured(Trial trial) throws IOException {
    var columns = MetricsCsv.read(folder.run(trial.name()).metrics());
    long last = trial.experiment().training().iterations();
    Map<String, Double> values = new LinkedHashMap<>();
    for (Measure measure : trial.measures()) {
      SortedMap<Long, Double> column = columns.getOrDefault(measure.name(), new TreeMap<>());
      if (column.containsKey(last)) {
        values.put(measure.name(), column.get(last));
      }
    }
    return values;
  }

  /** All rows, in the order of the sweep. */
  public List<Row> rows() {
    return List.copyOf(rows);
  }

  /** Keys that differ between trials, other than the seed. */
  public List<String> keys() {
    return keys;
  }

  /** What is measured of any trial. */
  public List<Measure> measures() {
    return measures;
  }

  /** Whether trials have names for people. */
  public boolean hasLabels() {
    return rows.stream().anyMatch(row -> row.trial().variation().label().isPresent());
  }

  /** How far a trial is. */
  Status status(Trial trial) {
    return rows.get(index(trial)).status();
  }

  /** Changes how far a trial is, and writes everything. */
  void set(Trial trial, Status status) throws IOException {
    status.write(folder.status(trial.name()));
    rows.set(index(trial), row(trial, status));
    write();
  }

  private int index(Trial trial) {
    return rows.stream().map(Row::trial).toList().indexOf(trial);
  }

  /** Number of trials in a state. */
  public long count(Status.State state) {
    return rows.stream().filter(row -> row.status().is(state)).count();
  }

  /**
   * Writes {@code results.csv}, a row for each trial, and {@code summary.csv}.
   *
   * @throws IOException if a file cannot be written
   */
  void write() throws IOException {
    new CsvTable(header(), rows.stream().map(this::cells).toList()).write(folder.results());
    Summary.of(this).write(folder.summary());
  }

  private List<String> header() {
    List<String> header = new ArrayList<>(List.of("trial"));
    if (hasLabels()) {
      header.add("label");
    }
    header.addAll(keys);
    header.add("seed");
    measures.forEach(measure -> header.add(measure.name()));
    header.addAll(List.of("seconds", "status", "error"));
    return header;
  }

  private List<Object> cells(Row row) {
    List<Object> cells = new ArrayList<>(List.of(row.trial().name()));
    cells.addAll(description(row.trial()));
    cells.add(row.trial().experiment().seed());
    for (Measure measure : measures) {
      Double value = row.values().get(measure.name());
      cells.add(value == null ? "" : value);
    }
    double seconds = row.status().seconds();
    cells.add(seconds == 0 ? "" : String.format(Locale.ROOT, "%.1f", seconds));
    cells.add(row.status().state());
    cells.add(row.status().error().orElse(""));
    return cells;
  }

  /** The label, where there are any, and the values of the varied keys. */
  public List<String> description(Trial trial) {
    List<String> cells = new ArrayList<>();
    if (hasLabels()) {
      cells.add(trial.variation().label().orElse(""));
    }
    keys.forEach(key -> cells.add(trial.value(key)));
    return cells;
  }

  private static List<String> keys(List<Trial> trials) {
    Set<String> keys = new LinkedHashSet<>();
    trials.forEach(trial -> keys.addAll(trial.variation().values().keySet()));
    return List.copyOf(keys);
  }
}
