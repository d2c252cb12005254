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
 * How far a trial is.
 *
 * @param seconds how long it ran, as far as that is known
 * @param error why it is not done or not measured, if that is known
 * @param evaluation a hash of what was measured of it, or will be when its training ends
 */
public record TrialStatus(
    TrialState state, double seconds, Optional<String> error, Optional<String> evaluation) {

  private static final String EVALUATION = "evaluation";

  /** Whether there is something left to train. */
  public enum TrialState {
    /** Not begun, or not ended. */
    PENDING,
    DONE,
    FAILED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Not begun. */
  static final TrialStatus NEW =
      new TrialStatus(TrialState.PENDING, 0, Optional.empty(), Optional.empty());

  /** In another state after so many seconds, or as many as before if these are more. */
  TrialStatus now(TrialState next, double ran, Optional<String> why) {
    return new TrialStatus(next, Math.max(seconds, ran), why, evaluation);
  }

  /**
   * After its training was run once more. What it has told itself comes first; the exit code counts
   * only if it could not tell its end.
   *
   * @param told what it has told since it was started; an older word counts only if it is done
   * @param took seconds since it was started
   */
  TrialStatus after(CommandEnd ending, Optional<RunProgress> told, double took) {
    double ran = told.map(RunProgress::seconds).orElse(seconds + took);
    RunState state = told.map(RunProgress::state).orElse(RunState.STOPPED);
    if (state == RunState.DONE || state == RunState.FAILED) {
      TrialState end = state == RunState.DONE ? TrialState.DONE : TrialState.FAILED;
      return now(end, ran, told.flatMap(RunProgress::error));
    }
    if (ending.isStopped() || ending.isInterrupted()) {
      return now(TrialState.PENDING, ran, Optional.empty());
    }
    if (ending.isFailure()) {
      return now(TrialState.FAILED, ran, Optional.of(ending.failure()));
    }
    Optional<String> idle =
        Optional.of("it ended without having trained").filter(why -> told.isEmpty());
    return now(TrialState.PENDING, ran, ending.reason().or(() -> idle));
  }

  /** After it was measured again, as it is done already. */
  TrialStatus after(CommandEnd ending, String measured) {
    if (ending.code().orElse(1) == 0) {
      return now(state, seconds, Optional.empty()).measuredBy(Optional.of(measured));
    }
    Optional<String> why = ending.problem().map(problem -> "it was not measured: " + problem);
    return now(state, seconds, ending.isStopped() ? Optional.empty() : why);
  }

  /** With a note of what is measured at the end of the training, or was measured later. */
  TrialStatus measuredBy(Optional<String> hash) {
    return new TrialStatus(state, seconds, error, hash);
  }

  /** Whether it is trained, but something else is to be measured of it by now. */
  boolean isMeasurementLeft(String wanted) {
    return is(TrialState.DONE) && evaluation.filter(known -> !known.equals(wanted)).isPresent();
  }

  /**
   * Forgets the failure of a trial that is tried once more, and what it has told of that, by which
   * it would be found again.
   */
  TrialStatus retried(RunFolder run) throws IOException {
    Files.deleteIfExists(run.progress());
    return now(TrialState.PENDING, seconds, Optional.empty());
  }

  /**
   * Once it is found that another process has trained it.
   *
   * @param isInUse whether it is being trained
   */
  TrialStatus found(RunProgress told, boolean isInUse) {
    if (told.isDone()) {
      return is(TrialState.DONE) ? this : now(TrialState.DONE, told.seconds(), Optional.empty());
    }
    if (is(TrialState.DONE)) { // its run was removed, and has begun once more
      return now(TrialState.PENDING, told.seconds(), Optional.empty());
    }
    return told.state() == RunState.FAILED && is(TrialState.PENDING) && !isInUse
        ? now(TrialState.FAILED, told.seconds(), told.error())
        : this;
  }

  /** Whether this is its state. */
  public boolean is(TrialState other) {
    return state == other;
  }

  void write(Path file) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("state", state.toString());
    object.put("seconds", seconds);
    error.ifPresent(why -> object.put("error", why));
    evaluation.ifPresent(hash -> object.put(EVALUATION, hash));
    AtomicFile.write(file, Json.pretty(object));
  }

  /** How far a trial is; nobody may have seen the end of one that outlived its sweep. */
  public static TrialStatus of(SweepFolder sweep, String trial) throws IOException {
    TrialStatus status = read(sweep.status(trial));
    RunFolder run = sweep.run(trial);
    TrialStatus now =
        RunProgress.read(run.progress())
            .map(told -> status.found(told, run.isInUse()))
            .orElse(status);
    boolean isGone = now.is(TrialState.DONE) && !run.isRun(); // somebody has removed it
    return isGone ? NEW : now;
  }

  static TrialStatus read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return NEW;
    }
    try {
      Map<String, Object> object = Json.parse(Files.readString(file));
      return new TrialStatus(
          TrialState.valueOf(String.valueOf(object.get("state")).toUpperCase(Locale.ROOT)),
          Double.parseDouble(String.valueOf(object.get("seconds"))),
          Optional.ofNullable(object.get("error")).map(Object::toString),
          Optional.ofNullable(object.get(EVALUATION)).map(Object::toString));
    } catch (IllegalArgumentException e) {
      throw new IOException(
          file + " is not the state of a trial; remove it, and the trial is looked at again", e);
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }
}
