package io.ddgan.app.sweep;

import io.ddgan.app.process.CommandRunner.CommandEnd;
import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.file.FileErrors;
import io.ddgan.internal.file.Json;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.run.RunProgress;
import io.ddgan.train.run.RunProgress.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The state of a trial.
 *
 * @param seconds known seconds of training
 * @param error the known reason why it is not done or not evaluated
 * @param evaluation hash of the evaluation settings of its training or of a later evaluation
 */
public record TrialStatus(
    TrialState state, double seconds, Optional<String> error, Optional<String> evaluation) {

  private static final String EVALUATION = "evaluation";

  /** The state of its training. */
  public enum TrialState {
    /** Not started, or not finished. */
    PENDING,
    DONE,
    FAILED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The state of a trial that has not started. */
  static final TrialStatus NEW =
      new TrialStatus(TrialState.PENDING, 0, Optional.empty(), Optional.empty());

  /** Returns it in another state, with the larger of the seconds. */
  TrialStatus now(TrialState next, double ran, Optional<String> why) {
    return new TrialStatus(next, Math.max(seconds, ran), why, evaluation);
  }

  /**
   * Returns the state after a process of its training has ended. The exit code counts only if the
   * process did not write its end to the progress.
   *
   * @param progress the progress written by the process, or that of a finished run
   * @param took seconds since the start of the process
   */
  TrialStatus after(CommandEnd ending, Optional<RunProgress> progress, double took) {
    double ran = progress.map(RunProgress::seconds).orElse(seconds + took);
    RunState state = progress.map(RunProgress::state).orElse(RunState.STOPPED);
    if (state == RunState.DONE || state == RunState.FAILED) {
      TrialState end = state == RunState.DONE ? TrialState.DONE : TrialState.FAILED;
      return now(end, ran, progress.flatMap(RunProgress::error));
    }
    if (ending.isStopped() || ending.isInterrupted()) {
      return now(TrialState.PENDING, ran, Optional.empty());
    }
    if (ending.isFailure()) {
      return now(TrialState.FAILED, ran, Optional.of(ending.failure()));
    }
    Optional<String> idle =
        Optional.of("its process ended before training").filter(why -> progress.isEmpty());
    return now(TrialState.PENDING, ran, ending.reason().or(() -> idle));
  }

  /** Returns the state after another evaluation of a finished trial. */
  TrialStatus after(CommandEnd ending, String measured) {
    if (ending.code().orElse(1) == 0) {
      return now(state, seconds, Optional.empty()).measuredBy(Optional.of(measured));
    }
    Optional<String> why = ending.problem().map(problem -> "its evaluation failed: " + problem);
    return now(state, seconds, ending.isStopped() ? Optional.empty() : why);
  }

  /** Returns it with another hash of the evaluation settings. */
  TrialStatus measuredBy(Optional<String> hash) {
    return new TrialStatus(state, seconds, error, hash);
  }

  /** Returns whether it is trained, but was evaluated with other settings. */
  boolean isMeasurementLeft(String wanted) {
    return is(TrialState.DONE) && evaluation.filter(known -> !known.equals(wanted)).isPresent();
  }

  /**
   * Returns the state for a retry, and removes the progress, which would report the failure again.
   */
  TrialStatus retried(RunFolder run) throws IOException {
    Files.deleteIfExists(run.progress());
    return now(TrialState.PENDING, seconds, Optional.empty());
  }

  /**
   * Returns the state given the progress of its run.
   *
   * @param isInUse true if a process is training it
   */
  TrialStatus found(RunProgress progress, boolean isInUse) {
    if (progress.isDone()) {
      return is(TrialState.DONE)
          ? this
          : now(TrialState.DONE, progress.seconds(), Optional.empty());
    }
    if (is(TrialState.DONE)) { // its run was removed and started again
      return now(TrialState.PENDING, progress.seconds(), Optional.empty());
    }
    return progress.state() == RunState.FAILED && is(TrialState.PENDING) && !isInUse
        ? now(TrialState.FAILED, progress.seconds(), progress.error())
        : this;
  }

  /** Returns whether it is in a state. */
  public boolean is(TrialState other) {
    return state == other;
  }

  void write(Path file) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("state", state.toString());
    object.put("seconds", seconds);
    error.ifPresent(why -> object.put("error", why));
    evaluation.ifPresent(hash -> object.put(EVALUATION, hash));
    AtomicFile.write(file, Json.checked(object));
  }

  /** Reads the state of a trial, which may have ended after its sweep. */
  public static TrialStatus of(SweepFolder sweep, String trial) throws IOException {
    TrialStatus status = read(sweep.status(trial));
    RunFolder run = sweep.run(trial);
    TrialStatus now =
        RunProgress.read(run.progress())
            .map(progress -> status.found(progress, run.isInUse()))
            .orElse(status);
    boolean isGone = now.is(TrialState.DONE) && !run.isRun(); // the run was removed
    return isGone ? NEW : now;
  }

  static TrialStatus read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return NEW;
    }
    try {
      Map<String, Object> object = Json.parseChecked(Files.readString(file));
      return new TrialStatus(
          TrialState.valueOf(String.valueOf(object.get("state")).toUpperCase(Locale.ROOT)),
          Double.parseDouble(String.valueOf(object.get("seconds"))),
          Optional.ofNullable(object.get("error")).map(Object::toString),
          Optional.ofNullable(object.get(EVALUATION)).map(Object::toString));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is damaged; remove it to read the trial's run again", e);
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }
}
