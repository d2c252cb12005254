package io.ddgan.app.runs;

import com.typesafe.config.ConfigException;
import io.ddgan.api.RunSummary;
import io.ddgan.config.ConfigurationException;
import io.ddgan.internal.config.Hocon;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.experiment.TrainingSettings;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.run.RunProgress;
import io.ddgan.train.run.RunProgress.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;

/** How far runs are, by their files alone. */
public final class RunSummaries {

  /** The state of a run that cannot be read. */
  static final String DAMAGED = "damaged";

  private RunSummaries() {}

  /** Looks at a run, which may be training. */
  public static RunSummary of(RunFolder run) {
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
    long total = Hocon.file(run.experiment()).getLong(TrainingSettings.ITERATIONS);
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
