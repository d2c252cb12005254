package io.ddgan.app.sweep;

import io.ddgan.app.process.RunningTrial;
import io.ddgan.app.process.RunningTrial.TrialEnd;
import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.file.FileErrors;
import io.ddgan.internal.file.Json;
import io.ddgan.train.run.RunProgress;
import io.ddgan.train.run.RunProgress.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How far a trial is.
 *
 * @param state the state
 * @param seconds how long it ran, as far as that is known
 * @param error why it is not done, if that is known
 * @param forgiven when it had told a failure after which it was tried again
 */
public record Status(
    TrialState state, double seconds, Optional<String> error, Optional<Instant> forgiven) {

  private static final String FORGIVEN = "forgiven";

  /** Whether there is something left to do. */
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
  static final Status NEW = new Status(TrialState.PENDING, 0, Optional.empty());

  Status(TrialState state, double seconds, Optional<String> error) {
    this(state, seconds, error, Optional.empty());
  }

  /** After it was run once more. */
  Status after(RunningTrial trial) throws IOException, InterruptedException {
    TrialEnd ending = trial.ending();
    TrialState now =
        switch (ending.state()) {
          case DONE -> TrialState.DONE;
          case FAILED -> TrialState.FAILED;
          case TRAINING, EVALUATING, STOPPED -> TrialState.PENDING;
        };
    double ran = trial.told().map(RunProgress::seconds).orElse(seconds + trial.seconds());
    return new Status(now, Math.max(seconds, ran), ending.why());
  }

  /** While it cannot be run. */
  Status leftBecause(String why) {
    return new Status(TrialState.PENDING, seconds, Optional.of(why));
  }

  /**
   * Before it is tried once more.
   *
   * @param told what it has told of itself before
   */
  Status retried(Optional<RunProgress> told) {
    Optional<Instant> failed =
        told.filter(t -> t.state() == RunState.FAILED).map(RunProgress::updated);
    return new Status(TrialState.PENDING, seconds, Optional.empty(), failed);
  }

  /**
   * Once something else is found to have ended it.
   *
   * @param told what the trial has told of itself
   * @param isInUse whether it is being trained
   */
  Status found(RunProgress told, boolean isInUse) {
    double ran = Math.max(seconds, told.seconds());
    if (told.isDone()) {
      return is(TrialState.DONE) ? this : new Status(TrialState.DONE, ran, Optional.empty());
    }
    if (is(TrialState.DONE)) { // its run was removed, and has begun once more
      return new Status(TrialState.PENDING, ran, Optional.empty());
    }
    boolean isNews = !forgiven.equals(Optional.of(told.updated())) && !isInUse;
    return told.state() == RunState.FAILED && is(TrialState.PENDING) && isNews
        ? new Status(TrialState.FAILED, ran, told.error())
        : this;
  }

  boolean is(TrialState other) {
    return state == other;
  }

  void write(Path file) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("state", state.toString());
    object.put("seconds", seconds);
    error.ifPresent(why -> object.put("error", why));
    forgiven.ifPresent(when -> object.put(FORGIVEN, when.toString()));
    AtomicFile.write(file, Json.pretty(object));
  }

  static Status read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return NEW;
    }
    try {
      Map<String, Object> object = Json.parse(Files.readString(file));
      return new Status(
          TrialState.valueOf(String.valueOf(object.get("state")).toUpperCase(Locale.ROOT)),
          Double.parseDouble(String.valueOf(object.get("seconds"))),
          Optional.ofNullable(object.get("error")).map(Object::toString),
          Optional.ofNullable(object.get(FORGIVEN)).map(Object::toString).map(Instant::parse));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException(
          "%s is not the state of a trial; remove it, and the trial is looked at again"
              .formatted(file),
          e);
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }
}
