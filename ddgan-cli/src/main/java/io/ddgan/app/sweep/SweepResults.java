package io.ddgan.app.sweep;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.experiment.SeedStatistics;
import io.ddgan.app.sweep.TrialStatus.TrialState;
import io.ddgan.eval.records.ComparableEvaluations;
import io.ddgan.eval.records.MeasuredRun;
import io.ddgan.train.run.CsvTable;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What has come out of a sweep so far; the one writer of its tables. */
public final class SweepResults {

  private final SweepFolder folder;
  private final TrialList trials;
  private final Experiments experiments;
  private final Map<String, TrialStatus> statuses = new LinkedHashMap<>();
  private final Map<String, MeasuredRun> runs = new LinkedHashMap<>();
  private ComparableEvaluations conditions = new ComparableEvaluations(List.of());

  /**
   * What came out of a trial.
   *
   * @param status how far it is
   * @param values what was measured of its last checkpoint, while training or later, under the same
   *     conditions as of most others; by name
   */
  public record Row(TrialList.Entry trial, TrialStatus status, Map<String, Double> values) {}

  private SweepResults(SweepFolder folder, TrialList trials, Experiments experiments)
      throws IOException {
    this.folder = folder;
    this.trials = trials;
    this.experiments = experiments;
    for (TrialList.Entry trial : trials.trials()) {
      statuses.put(trial.name(), TrialStatus.of(folder, trial.name()));
      measure(trial.name());
    }
    compare();
  }

  /** Looks at the state of the trials that a sweep's file describes. */
  public static SweepResults read(SweepFolder folder, List<Trial> trials, Experiments experiments)
      throws IOException {
    return new SweepResults(folder, TrialList.of(trials), experiments);
  }

  /** The same of a sweep whose file need not be there any more. */
  public static SweepResults read(SweepFolder folder, Experiments experiments) throws IOException {
    return new SweepResults(folder, folder.plan(), experiments);
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
        new ComparableEvaluations(
            trials.trials().stream()
                .map(trial -> runs.get(trial.name()))
                .filter(Objects::nonNull)
                .toList());
  }

  /** All rows, in the order of the sweep. */
  public List<Row> rows() {
    return trials.trials().stream()
        .map(trial -> new Row(trial, status(trial.name()), values(trial.name())))
        .toList();
  }

  /** What was measured of a trial, by name of the measure. */
  public Map<String, Double> values(String trial) {
    MeasuredRun run = runs.get(trial);
    return run == null ? Map.of() : conditions.values(run);
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
  TrialStatus status(String trial) {
    return statuses.get(trial);
  }

  /** Number of trials in a state. */
  public long count(TrialState state) {
    return statuses.values().stream().filter(status -> status.is(state)).count();
  }

  /** Notes which trials there are and the ends that nobody had seen, and writes the tables. */
  public void note() throws IOException {
    trials.write(folder.list());
    for (String trial : statuses.keySet()) {
      if (!status(trial).equals(TrialStatus.read(folder.status(trial)))) {
        note(trial, status(trial));
      }
    }
    write();
  }

  /** Changes how far a trial is that has not begun. */
  void note(String trial, TrialStatus status) throws IOException {
    status.write(folder.status(trial));
    statuses.put(trial, status);
  }

  /** Changes how far a trial is, and writes everything. */
  void set(String trial, TrialStatus status) throws IOException {
    note(trial, status);
    measure(trial);
    compare();
    write();
  }

  /**
   * Writes {@code results.csv}, a row for each trial, and {@code summary.csv}, a row for each
   * configuration.
   */
  public void write() throws IOException {
    List<String> measures = measures();
    List<String> header = new ArrayList<>(List.of("trial"));
    header.addAll(distinctions());
    header.add("seed");
    header.addAll(measures);
    header.addAll(List.of("seconds", "state", "error"));
    List<Row> rows = rows();
    new CsvTable(header, rows.stream().map(row -> cells(row, measures)).toList())
        .write(folder.results());
    header = new ArrayList<>(List.of("configuration"));
    header.addAll(distinctions());
    header.addAll(List.of("trials", "done"));
    for (String measure : measures) {
      header.addAll(List.of(measure + "-mean", measure + "-std", measure + "-count"));
    }
    Map<String, List<Row>> configurations =
        rows.stream()
            .collect(groupingBy(row -> row.trial().configuration(), LinkedHashMap::new, toList()));
    new CsvTable(
            header,
            configurations.values().stream().map(seeds -> summary(seeds, measures)).toList())
        .write(folder.summary());
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

  private static List<Object> summary(List<Row> seeds, List<String> measures) {
    TrialList.Entry first = seeds.get(0).trial();
    List<Object> cells = new ArrayList<>(List.of(first.configuration()));
    cells.addAll(first.values()); // the same in all trials of a configuration
    cells.add(seeds.size());
    cells.add(seeds.stream().filter(row -> row.status().is(TrialState.DONE)).count());
    for (String measure : measures) {
      List<Double> numbers =
          seeds.stream().map(row -> row.values().get(measure)).filter(Objects::nonNull).toList();
      cells.addAll(SeedStatistics.of(numbers).cells());
    }
    return cells;
  }
}
