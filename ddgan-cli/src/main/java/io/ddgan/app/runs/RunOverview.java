package io.ddgan.app.runs;

import com.typesafe.config.ConfigException;
import io.ddgan.api.Metric.Better;
import io.ddgan.api.RefusedException;
import io.ddgan.api.RunSummary;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.text.Quantities;
import io.ddgan.config.ConfigurationException;
import io.ddgan.eval.records.ComparableEvaluations;
import io.ddgan.eval.records.EvaluationRecord;
import io.ddgan.eval.records.MeasuredRun;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.file.Folders;
import io.ddgan.train.checkpoint.RunCheckpoints;
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
 * A run in a line. One that is damaged is told of as well as it can be.
 *
 * @param summary how far it is; of a damaged run, updated at the beginning of time
 * @param state that of the summary, or {@code damaged} where it can be read no further
 * @param data type of the data set
 * @param last what was measured last, or what is wrong with the run
 * @param bytes what its folder takes on disk
 */
public record RunOverview(RunSummary summary, String state, String data, String last, long bytes) {

  /** The state of a run that cannot be read. */
  private static final String DAMAGED = "damaged";

  /** Measures that have room on a line. */
  private static final int SHOWN = 2;

  /**
   * Looks at a run, which may be training.
   *
   * @param experiments reads it, and what was measured of it
   * @throws IOException if nothing at all can be found out
   */
  public static RunOverview of(RunFolder folder, Experiments experiments) throws IOException {
    RunSummary run = summary(folder);
    String state = run.state();
    String data = "";
    String last = run.error().orElse("");
    if (!state.equals(DAMAGED)) {
      try {
        data = Hocon.file(folder.experiment()).getString("data.type");
        last = measured(folder, experiments);
      } catch (ConfigurationException | RefusedException | ConfigException | IOException e) {
        boolean isDamaged = data.isEmpty() || e instanceof IOException; // or lacks a plug-in
        state = isDamaged ? DAMAGED : state;
        last = firstLine(e);
      }
    }
    return new RunOverview(run, state, data, last, Folders.bytes(folder.root()));
  }

  /** Its newest numbers, of those that should be high or low. */
  private static String measured(RunFolder folder, Experiments experiments) throws IOException {
    MeasuredRun run = experiments.measured(folder, experiments.of(folder));
    Map<String, EvaluationRecord> values = new ComparableEvaluations(List.of(run)).of(run);
    List<String> shown =
        values.entrySet().stream()
            .filter(entry -> entry.getValue().measure().better() != Better.NEITHER)
            .limit(SHOWN)
            .map(entry -> entry.getKey() + " " + Quantities.measured(entry.getValue().value()))
            .toList();
    String told = String.join(", ", shown);
    int more = values.size() - shown.size();
    return more > 0 ? "%s, %d more".formatted(told, more) : told;
  }

  /** How far a run is that may be training, by its files alone. */
  public static RunSummary summary(RunFolder run) {
    try {
      run.requireRun();
      Optional<RunProgress> told = RunProgress.read(run.progress());
      RunProgress progress = told.isPresent() ? told.get() : ofCheckpoint(run);
      return new RunSummary(
          run.root(),
          state(progress.state(), run.isInUse()),
          progress.step(),
          progress.total(),
          progress.error(),
          progress.seconds(),
          progress.updated());
    } catch (IOException | ConfigurationException | ConfigException e) {
      return new RunSummary(run.root(), DAMAGED, 0, 0, Optional.of(firstLine(e)), 0, Instant.EPOCH);
    }
  }

  /** Of a run that says nothing of itself, such as an imported one. */
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

  private static String state(RunState told, boolean inUse) {
    return switch (told) {
      case TRAINING, EVALUATING -> inUse ? told.toString() : "killed";
      case DONE -> inUse ? "in use" : "finished";
      case FAILED, STOPPED -> inUse ? "training" : told.toString();
    };
  }

  /** A message without what follows its first line. */
  static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
