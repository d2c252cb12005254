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
 * How far a run is. Its training writes it into {@code progress.json} again and again, for those
 * who follow it from another process or another machine. No number of a run depends on it; one that
 * has saved is known by it if its checkpoints are gone.
 *
 * @param total length of the whole training, in steps
 * @param seconds how long all processes of its training have taken, evaluations included
 */
public record RunProgress(
    long step,
    long total,
    RunState state,
    Optional<String> error,
    double seconds,
    Instant updated) {

  /** What a training does, or how it ended. */
  public enum RunState {
    TRAINING,
    EVALUATING,
    /** All steps and evaluations are done. */
    DONE,
    /** It ended with an error. */
    FAILED,
    /** It was asked to end, and has saved. */
    STOPPED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether nothing is left to do. */
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

  /** What the file says; empty if there is none, or none that can be understood, at the moment. */
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
