package io.ddgan.train.run;

import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.file.Json;
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
 * The progress of a run. Training writes it into {@code progress.json} for other processes and
 * machines to follow. No result depends on it.
 *
 * @param total number of training steps
 * @param seconds duration of the training over all its processes, with evaluations
 */
public record RunProgress(
    long step,
    long total,
    RunState state,
    Optional<String> error,
    double seconds,
    Instant updated) {

  /** State of a training. */
  public enum RunState {
    TRAINING,
    EVALUATING,
    /** All steps and evaluations are done. */
    DONE,
    /** It ended with an error. */
    FAILED,
    /** It was stopped and has saved a checkpoint. */
    STOPPED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns whether all is done. */
  public boolean isDone() {
    return state == RunState.DONE;
  }

  /** Creates or replaces the file. */
  public void write(Path file) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("step", step);
    object.put("total", total);
    object.put("state", state.toString());
    error.ifPresent(why -> object.put("error", why));
    object.put("seconds", seconds);
    object.put("updated", updated.toString());
    AtomicFile.write(file, Json.pretty(object));
  }

  /** Reads the file; empty if it is missing or not readable at the moment. */
  public static Optional<RunProgress> read(Path file) {
    try {
      Map<String, Object> object = Json.parse(Files.readString(file));
      return Optional.of(
          new RunProgress(
              Long.parseLong(text(object, "step")),
              Long.parseLong(text(object, "total")),
              RunState.valueOf(text(object, "state").toUpperCase(Locale.ROOT)),
              Optional.ofNullable(object.get("error")).map(Object::toString),
              Double.parseDouble(String.valueOf(object.getOrDefault("seconds", 0))),
              Instant.parse(text(object, "updated"))));
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String text(Map<String, Object> object, String key) {
    return String.valueOf(object.get(key));
  }
}
