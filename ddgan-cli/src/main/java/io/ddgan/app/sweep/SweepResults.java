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

/** The results of a sweep so far. Only this class writes its tables. */
public final class SweepResults {

  private final SweepFolder folder;
  private final TrialList trials;
  private final Experiments experiments;
  private final Map<String, TrialStatus> statuses = new LinkedHashMap<>();
  private final Map<String, MeasuredRun> runs = new LinkedHashMap<>();
  private ComparableEvaluations conditions = new ComparableEvaluations(List.of());

  /**
   * The result of a trial.
   *
   * @param status its state
   * @param values the metrics of its last checkpoint by name, measured during training or later
   *     under the same conditions as those of most other trials
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

  /** Reads the results of the trials of a sweep file. */
  public static SweepResults read(SweepFolder folder, List<Trial> trials, Experiments experiments)
      throws IOException {
    return new SweepResults(folder, TrialList.of(trials), experiments);
  }

  /** Reads the results of a sweep without its file. */
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

  /** Returns all rows, in the order of the sweep. */
  public List<Row> rows() {
    return trials.trials().stream()
        .map(trial -> new Row(trial, status(trial.name()), values(trial.name())))
        .toList();
  }

  /** Returns the metrics of a trial by name. */
  public Map<String, Double> values(String trial) {
    MeasuredRun run = runs.get(trial);
    return run == null ? Map.of() : conditions.values(run);
  }

  /** Returns the names of the properties, other than the seed, in which trials differ. */
  public List<String> distinctions() {
    return trials.distinctions();
  }

  /** Returns the names of all metrics, configured or computed later. */
  public List<String> measures() {
    return Stream.concat(
            trials.trials().stream().flatMap(trial -> trial.measures().stream()),
            conditions.chosen().keySet().stream())
        .distinct()
        .toList();
  }

  /** Returns the state of a trial. */
  TrialStatus status(String trial) {
    return statuses.get(trial);
  }

  /** Returns the number of trials in a state. */
  public long count(TrialState state) {
    return statuses.values().stream().filter(status -> status.is(state)).count();
  }

  /** Writes the list of trials, states that were not written yet, and the tables. */
  public void note() throws IOException {
    trials.write(folder.list());
    for (String trial : statuses.keySet()) {
      if (!status(trial).equals(TrialStatus.read(folder.status(trial)))) {
        note(trial, status(trial));
      }
    }
    write();
  }

  /** Sets the state of a trial without writing the tables. */
  void note(String trial, TrialStatus status) throws IOException {
    status.write(folder.status(trial));
    statuses.put(trial, status);
  }

  /** Sets the state of a trial and writes the tables. */
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
