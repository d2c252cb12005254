package io.ddgan.cli.sweep;

import io.ddgan.api.Metric.Measure;
import io.ddgan.train.run.CsvTable;
import io.ddgan.train.run.MetricsCsv;
import io.ddgan.train.run.RunProgress;
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
import java.util.stream.Collectors;

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
      Status status = Status.read(folder.status(trial.name()));
      // Nobody has seen the end of one that went on after its sweep, or was left to others.
      boolean isDone =
          RunProgress.read(folder.run(trial.name()).progress())
              .filter(RunProgress::isDone)
              .isPresent();
      results.rows.add(results.row(trial, isDone ? status.done() : status));
    }
    return results;
  }

  private Row row(Trial trial, Status status) throws IOException {
    if (!status.is(Status.TrialState.DONE)) {
      return new Row(trial, status, Map.of());
    }
    boolean isThere = folder.run(trial.name()).isRun(); // somebody may have removed it
    return isThere ? new Row(trial, status, measured(trial)) : new Row(trial, Status.NEW, Map.of());
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

  /** Names of what distinguishes trials, other than the seed. */
  public List<String> distinctions() {
    List<String> names = new ArrayList<>();
    if (hasLabels()) {
      names.add("label");
    }
    if (hasBases()) {
      names.add("base");
    }
    names.addAll(keys);
    return names;
  }

  /** What is measured of any trial. */
  public List<Measure> measures() {
    return measures;
  }

  private boolean hasLabels() {
    return rows.stream().anyMatch(row -> row.trial().variation().label().isPresent());
  }

  private boolean hasBases() {
    return rows.stream().map(row -> row.trial().base()).distinct().count() > 1;
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
  public long count(Status.TrialState state) {
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
    header.addAll(distinctions());
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

  /** A trial's values of the {@link #distinctions}. */
  public List<String> description(Trial trial) {
    List<String> cells = new ArrayList<>();
    if (hasLabels()) {
      cells.add(trial.variation().label().orElse(""));
    }
    if (hasBases()) {
      cells.add(trial.base());
    }
    keys.forEach(key -> cells.add(trial.value(key)));
    return cells;
  }

  /** The varied keys, and those in which blocks of the same base differ. */
  private static List<String> keys(List<Trial> trials) {
    Set<String> keys = new LinkedHashSet<>();
    trials.forEach(trial -> keys.addAll(trial.variation().values().keySet()));
    Map<String, List<Trial>> byBase = trials.stream().collect(Collectors.groupingBy(Trial::base));
    for (Trial trial : trials) {
      trial.shared().stream()
          .filter(key -> differ(byBase.get(trial.base()), key))
          .forEach(keys::add);
    }
    return List.copyOf(keys);
  }

  private static boolean differ(List<Trial> trials, String key) {
    return trials.stream().map(trial -> trial.value(key)).distinct().count() > 1;
  }
}
