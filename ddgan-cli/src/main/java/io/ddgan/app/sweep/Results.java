package io.ddgan.app.sweep;

import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.experiment.SeedStatistics;
import io.ddgan.app.sweep.Status.TrialState;
import io.ddgan.eval.records.EqualConditions;
import io.ddgan.eval.records.MeasuredRun;
import io.ddgan.train.run.CsvTable;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What has come out of a sweep so far; the one writer of its tables. */
public final class Results {

  private final SweepFolder folder;
  private final TrialList trials;
  private final Experiments experiments;
  private final Map<String, Status> statuses = new LinkedHashMap<>();
  private final Map<String, MeasuredRun> runs = new LinkedHashMap<>();
  private final Map<String, Map<String, Double>> values = new HashMap<>();
  private EqualConditions conditions = new EqualConditions(List.of());

  /**
   * What came out of a trial.
   *
   * @param status how far it is
   * @param values what was measured of its last checkpoint, while training or later, under the same
   *     conditions as of most others; by name
   */
  public record Row(TrialList.Entry trial, Status status, Map<String, Double> values) {}

  private Results(SweepFolder folder, TrialList trials, Experiments experiments) {
    this.folder = folder;
    this.trials = trials;
    this.experiments = experiments;
  }

  /**
   * Looks at the state of the trials that a sweep's file describes.
   *
   * @param experiments reads what was measured
   * @throws IOException if a file of a trial cannot be read
   */
  public static Results read(SweepFolder folder, List<Trial> trials, Experiments experiments)
      throws IOException {
    return new Results(folder, TrialList.of(trials), experiments).read();
  }

  /** The same of a sweep whose file need not be there any more. */
  public static Results read(SweepFolder folder, Experiments experiments) throws IOException {
    return new Results(folder, TrialList.read(folder.list()), experiments).read();
  }

  private Results read() throws IOException {
    for (TrialList.Entry trial : trials.trials()) {
      statuses.put(trial.name(), Status.of(folder, trial.name()));
      measure(trial.name());
    }
    compare();
    return this;
  }

  private void measure(String trial) throws IOException {
    if (status(trial).is(TrialState.DONE)) {
      RunFolder run = folder.run(trial);
      runs.put(trial, experiments.measured(run, experiments.of(run)));
    } else {
      runs.remove(trial);
    }
  }

  private void compare() {
    conditions =
        new EqualConditions(
            trials.trials().stream()
                .map(trial -> runs.get(trial.name()))
                .filter(Objects::nonNull)
                .toList());
    values.clear();
    runs.forEach((trial, run) -> values.put(trial, conditions.values(run)));
  }

  /** All rows, in the order of the sweep. */
  public List<Row> rows() {
    return trials.trials().stream()
        .map(trial -> new Row(trial, status(trial.name()), values(trial.name())))
        .toList();
  }

  /** What was measured of a trial, by name of the measure. */
  public Map<String, Double> values(String trial) {
    return values.getOrDefault(trial, Map.of());
  }

  /** Names of what distinguishes trials, other than the seed. */
  public List<String> distinctions() {
    return trials.distinctions();
  }

  /** What is measured of any trial by its configuration, and what was measured of any later. */
  public List<String> measures() {
    return Stream.concat(
            trials.trials().stream().flatMap(trial -> trial.measures().stream()),
            conditions.chosen().keySet().stream())
        .distinct()
        .toList();
  }

  /** How far a trial is. */
  Status status(String trial) {
    return statuses.get(trial);
  }

  /** Number of trials in a state. */
  public long count(TrialState state) {
    return statuses.values().stream().filter(status -> status.is(state)).count();
  }

  /**
   * Notes which trials there are and the ends that nobody had seen, and writes the tables.
   *
   * @throws IOException if a file cannot be written
   */
  public void note() throws IOException {
    trials.write(folder.list());
    for (Map.Entry<String, Status> each : statuses.entrySet()) {
      Path file = folder.status(each.getKey());
      if (!each.getValue().equals(Status.read(file))) {
        each.getValue().write(file);
      }
    }
    write();
  }

  /** Changes how far a trial is that has not begun. */
  void note(String trial, Status status) throws IOException {
    status.write(folder.status(trial));
    statuses.put(trial, status);
  }

  /** Changes how far a trial is, and writes everything. */
  void set(String trial, Status status) throws IOException {
    note(trial, status);
    measure(trial);
    compare();
    write();
  }

  /**
   * Writes {@code results.csv}, a row for each trial, and {@code summary.csv}, a row for each
   * configuration.
   *
   * @throws IOException if a file cannot be written
   */
  public void write() throws IOException {
    List<String> measures = measures();
    List<String> header = new ArrayList<>(List.of("trial"));
    header.addAll(distinctions());
    header.add("seed");
    header.addAll(measures);
    header.addAll(List.of("seconds", "status", "error"));
    new CsvTable(header, rows().stream().map(row -> cells(row, measures)).toList())
        .write(folder.results());
    writeSummary(measures);
  }

  private static List<Object> cells(Row row, List<String> measures) {
    List<Object> cells = new ArrayList<>(List.of(row.trial().name()));
    cells.addAll(row.trial().values());
    cells.add(row.trial().seed());
    measures.forEach(name -> cells.add(Objects.requireNonNullElse(row.values().get(name), "")));
    double seconds = row.status().seconds();
    cells.add(seconds == 0 ? "" : String.format(Locale.ROOT, "%.1f", seconds));
    cells.add(row.status().state());
    cells.add(row.status().error().orElse(""));
    return cells;
  }

  private void writeSummary(List<String> measures) throws IOException {
    Map<String, List<TrialList.Entry>> configurations = new LinkedHashMap<>();
    for (TrialList.Entry trial : trials.trials()) {
      configurations.computeIfAbsent(trial.configuration(), name -> new ArrayList<>()).add(trial);
    }
    List<String> header = new ArrayList<>(List.of("configuration"));
    header.addAll(distinctions());
    header.addAll(List.of("trials", "done"));
    for (String measure : measures) {
      header.addAll(List.of(measure + "-mean", measure + "-deviation", measure + "-count"));
    }
    List<List<Object>> rows = new ArrayList<>();
    configurations.forEach((name, seeds) -> rows.add(summary(name, seeds, measures)));
    new CsvTable(header, rows).write(folder.summary());
  }

  private List<Object> summary(
      String configuration, List<TrialList.Entry> seeds, List<String> measures) {
    List<Object> cells = new ArrayList<>(List.of(configuration));
    cells.addAll(seeds.get(0).values()); // the same in all trials of a configuration
    cells.add(seeds.size());
    cells.add(seeds.stream().filter(trial -> status(trial.name()).is(TrialState.DONE)).count());
    for (String measure : measures) {
      List<Double> numbers =
          seeds.stream()
              .map(trial -> values(trial.name()).get(measure))
              .filter(Objects::nonNull)
              .toList();
      cells.addAll(SeedStatistics.of(numbers).cells());
    }
    return cells;
  }
}
