package io.ddgan.app.sweep;

import io.ddgan.api.Metric.Measure;
import io.ddgan.app.experiment.MeasuredRuns;
import io.ddgan.eval.records.EqualConditions;
import io.ddgan.eval.records.MeasuredRun;
import io.ddgan.eval.records.MeasurementConditions;
import io.ddgan.train.run.CsvTable;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.run.RunProgress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What has come out of a sweep so far. */
public final class Results {

  /** The column of a trial's name. */
  static final String TRIAL = "trial";

  /** The column of its seed, after those of the distinctions and before the measures. */
  static final String SEED = "seed";

  /** The first column after the measures. */
  static final String SECONDS = "seconds";

  private final SweepFolder folder;
  private final MeasuredRuns measured;
  private final List<Trial> trials;
  private final List<Status> statuses = new ArrayList<>();
  private final List<Optional<MeasuredRun>> runs = new ArrayList<>();
  private final List<Trial> found = new ArrayList<>();
  private final List<String> keys;
  private final boolean hasLabels;
  private final boolean hasBases;
  private EqualConditions conditions = EqualConditions.among(List.of());

  /**
   * What came out of a trial.
   *
   * @param trial the trial
   * @param status how far it is
   * @param values what was measured of its last checkpoint, while training or later, under the same
   *     conditions as of most others; by name
   */
  public record Row(Trial trial, Status status, Map<String, Double> values) {}

  private Results(SweepFolder folder, List<Trial> trials, MeasuredRuns measured) {
    this.folder = folder;
    this.measured = measured;
    this.trials = List.copyOf(trials);
    this.keys = keys(trials);
    this.hasLabels = trials.stream().anyMatch(trial -> trial.variation().label().isPresent());
    this.hasBases = trials.stream().map(Trial::base).distinct().count() > 1;
  }

  /**
   * Looks at the state of all trials.
   *
   * @param measured reads what was measured
   * @throws IOException if a file of a trial cannot be read
   */
  public static Results read(SweepFolder folder, List<Trial> trials, MeasuredRuns measured)
      throws IOException {
    Results results = new Results(folder, trials, measured);
    for (Trial trial : trials) {
      Status status = Status.read(folder.status(trial.name()));
      // Nobody has seen the end of one that went on after its sweep, or was left to others.
      RunFolder run = folder.run(trial.name());
      Status now =
          RunProgress.read(run.progress())
              .map(told -> status.found(told, run.isInUse()))
              .orElse(status);
      if (!now.equals(status)) {
        results.found.add(trial);
      }
      boolean isThere = run.isRun(); // somebody may have removed it
      results.statuses.add(now.is(Status.TrialState.DONE) && !isThere ? Status.NEW : now);
      results.runs.add(Optional.empty());
    }
    for (int i = 0; i < trials.size(); i++) {
      results.measure(i);
    }
    results.compare();
    return results;
  }

  private void measure(int index) throws IOException {
    Trial trial = trials.get(index);
    if (statuses.get(index).is(Status.TrialState.DONE)) {
      runs.set(index, Optional.of(measured.of(folder.run(trial.name()), trial.experiment())));
    }
  }

  private void compare() {
    conditions = EqualConditions.among(runs.stream().flatMap(Optional::stream).toList());
  }

  /** All rows, in the order of the sweep. */
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < trials.size(); i++) {
      Map<String, Double> values = runs.get(i).map(conditions::values).orElse(Map.of());
      rows.add(new Row(trials.get(i), statuses.get(i), values));
    }
    return rows;
  }

  /** Names of what distinguishes trials, other than the seed. */
  public List<String> distinctions() {
    List<String> names = new ArrayList<>();
    if (hasLabels) {
      names.add("label");
    }
    if (hasBases) {
      names.add("base");
    }
    names.addAll(keys);
    return names;
  }

  /** What is measured of any trial by its configuration, and what was measured of any later. */
  public List<Measure> measures() {
    return Stream.concat(
            trials.stream().flatMap(trial -> trial.measures().stream()),
            conditions.chosen().values().stream().map(MeasurementConditions::measure))
        .distinct()
        .toList();
  }

  /** How far a trial is. */
  Status status(Trial trial) {
    return statuses.get(trials.indexOf(trial));
  }

  /**
   * Notes the ends of trials that were found and that nobody had seen, and writes the tables.
   *
   * @throws IOException if a file cannot be written
   */
  public void note() throws IOException {
    for (Trial trial : found) {
      status(trial).write(folder.status(trial.name()));
    }
    write();
  }

  /** Forgets that a trial has failed, as it is tried again, and writes everything. */
  void retry(Trial trial) throws IOException {
    set(trial, status(trial).retried(RunProgress.read(folder.run(trial.name()).progress())));
  }

  /** Changes how far a trial is, and writes everything. */
  void set(Trial trial, Status status) throws IOException {
    status.write(folder.status(trial.name()));
    int index = trials.indexOf(trial);
    statuses.set(index, status);
    measure(index);
    compare();
    write();
  }

  /** Number of trials that begin with the weights of others that are not done. */
  public long waiting() {
    return trials.stream()
        .filter(trial -> status(trial).is(Status.TrialState.PENDING))
        .filter(
            trial -> trial.source().filter(s -> !status(s).is(Status.TrialState.DONE)).isPresent())
        .count();
  }

  /** Number of trials in a state. */
  public long count(Status.TrialState state) {
    return statuses.stream().filter(status -> status.is(state)).count();
  }

  /**
   * Writes {@code results.csv}, a row for each trial, and {@code summary.csv}.
   *
   * @throws IOException if a file cannot be written
   */
  public void write() throws IOException {
    List<Measure> measures = measures();
    new CsvTable(header(measures), rows().stream().map(row -> cells(row, measures)).toList())
        .write(folder.results());
    Summary.of(this).write(folder.summary());
  }

  private List<String> header(List<Measure> measures) {
    List<String> header = new ArrayList<>(List.of(TRIAL));
    header.addAll(distinctions());
    header.add(SEED);
    measures.forEach(measure -> header.add(measure.name()));
    header.addAll(List.of(SECONDS, "status", "error"));
    return header;
  }

  private List<Object> cells(Row row, List<Measure> measures) {
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
    if (hasLabels) {
      cells.add(trial.variation().label().orElse(""));
    }
    if (hasBases) {
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
