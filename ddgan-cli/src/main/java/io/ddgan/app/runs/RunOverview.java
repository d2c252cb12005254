package io.ddgan.app.runs;

import com.typesafe.config.ConfigException;
import io.ddgan.api.Metric.Better;
import io.ddgan.api.RefusedException;
import io.ddgan.api.RunStatus;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.experiment.KeyDifference;
import io.ddgan.app.text.Quantities;
import io.ddgan.config.ConfigurationException;
import io.ddgan.eval.records.ComparableEvaluations;
import io.ddgan.eval.records.EvaluationRecord;
import io.ddgan.eval.records.MeasuredRun;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.file.Folders;
import io.ddgan.internal.file.TerminalEscape;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.experiment.TrainingSettings;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.run.RunProgress;
import io.ddgan.train.run.RunProgress.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A summary of a run in one line, as far as possible also of a damaged run.
 *
 * @param summary the progress; for a damaged run, updated at the epoch
 * @param state the state, or {@code damaged}
 * @param data type of the data set
 * @param last the last evaluation, or the error of the run
 * @param keys values of its configuration by full key
 * @param measured its evaluations, if they can be read
 * @param note the user's notes
 * @param bytes size of the folder
 */
public record RunOverview(
    RunStatus summary,
    String state,
    String data,
    String last,
    Map<String, String> keys,
    Optional<MeasuredRun> measured,
    String note,
    long bytes) {

  /** The state of a run that cannot be read. */
  private static final String DAMAGED = "damaged";

  /** The maximum number of measures on the line. */
  private static final int SHOWN = 2;

  /**
   * Reads a run, which may be in training.
   *
   * @param experiments reads the experiment and the evaluations
   * @throws IOException if nothing can be read
   */
  public static RunOverview of(RunFolder folder, Experiments experiments) throws IOException {
    RunStatus run = summary(folder);
    String state = run.state();
    String data = "";
    String last = run.error().orElse("");
    Map<String, String> keys = Map.of();
    Optional<MeasuredRun> measured = Optional.empty();
    if (!state.equals(DAMAGED)) {
      try {
        data = Hocon.file(folder.experiment()).getString("data.type");
        Experiment experiment = experiments.of(folder);
        keys = KeyDifference.values(experiments.keys(experiment));
        measured = Optional.of(experiments.measured(folder, experiment));
        last = text(measured.get());
      } catch (ConfigurationException | RefusedException | ConfigException | IOException e) {
        boolean isDamaged = data.isEmpty() || e instanceof IOException; // or lacks a plug-in
        state = isDamaged ? DAMAGED : state;
        last = firstLine(e);
      }
    }
    return new RunOverview(
        run, state, data, last, keys, measured, note(folder), Folders.bytes(folder.root()));
  }

  /** Returns the user's notes on a run; empty if there are none. */
  public static String note(RunFolder folder) throws IOException {
    return Files.exists(folder.notes())
        ? TerminalEscape.of(Files.readString(folder.notes()).strip())
        : "";
  }

  /** Returns the newest values of the measures that have a better direction. */
  private static String text(MeasuredRun run) {
    Map<String, EvaluationRecord> values = new ComparableEvaluations(List.of(run)).of(run);
    List<String> shown =
        values.entrySet().stream()
            .filter(entry -> entry.getValue().measure().better() != Better.NEITHER)
            .limit(SHOWN)
            .map(entry -> entry.getKey() + " " + Quantities.measured(entry.getValue().value()))
            .toList();
    String text = String.join(", ", shown);
    int more = values.size() - shown.size();
    return more > 0 ? "%s, %d more".formatted(text, more) : text;
  }

  /** Returns the progress of a run by its files, also during training. */
  public static RunStatus summary(RunFolder run) {
    try {
      run.requireRun();
      Optional<RunProgress> text = RunProgress.read(run.progress());
      RunProgress progress = text.isPresent() ? text.get() : ofCheckpoint(run);
      return new RunStatus(
          run.root(),
          state(progress.state(), run.isInUse()),
          progress.step(),
          progress.total(),
          progress.error(),
          progress.seconds(),
          progress.updated());
    } catch (IOException | ConfigurationException | ConfigException e) {
      return new RunStatus(run.root(), DAMAGED, 0, 0, Optional.of(firstLine(e)), 0, Instant.EPOCH);
    }
  }

  /** Returns the summary of a run without a progress file, such as an imported one. */
  private static RunProgress ofCheckpoint(RunFolder run) throws IOException {
    long total = Hocon.file(run.experiment()).getLong(TrainingSettings.STEPS);
    long step = RunCheckpoints.done(run);
    RunState state = step < total ? RunState.STOPPED : RunState.DONE;
    return new RunProgress(
        step,
        total,
        state,
        Optional.empty(),
        0,
        Files.getLastModifiedTime(run.experiment()).toInstant());
  }

  private static String state(RunState text, boolean inUse) {
    return switch (text) {
      case TRAINING, EVALUATING -> inUse ? text.toString() : "killed";
      case DONE -> inUse ? "in use" : "finished";
      case FAILED, STOPPED -> inUse ? "training" : text.toString();
    };
  }

  /** Returns the first line of a message. */
  static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
