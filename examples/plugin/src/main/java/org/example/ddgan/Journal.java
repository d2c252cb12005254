package org.example.ddgan;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import io.ddgan.api.ListenerFactory;
import io.ddgan.api.RefusedException;
import io.ddgan.api.TrainingListener;
import io.ddgan.config.Key;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Writes the events of a training as JSON lines, flushed one by one, for programs that follow it. A
 * resumed training appends to the same file: earlier lines with a {@code done} greater than the {@code
 * first} of its {@code begun} line are obsolete.
 *
 * @param file the file, relative to the run's folder
 */
public record Journal(@Key("file in the run's folder") Path file) implements ListenerFactory {

  /** Checks that the file is within the run's folder, as runs must not share a journal. */
  public Journal {
    if (file.isAbsolute() || file.normalize().startsWith("..")) {
      throw new RefusedException(
          "file must be within the run's folder, unlike %s; use a name such as journal.jsonl"
              .formatted(file));
    }
  }

  @Override
  public TrainingListener open(Path run) {
    return new Lines(run.resolve(file));
  }

  private record Lines(Path journal) implements TrainingListener {

    @Override
    public void onTrainStart(long first, long total) {
      write(Map.of("event", "begun", "first", first, "total", total));
    }

    @Override
    public void onLog(long done, Map<String, Double> row) {
      write(Map.of("event", "row", "done", done, "values", row));
    }

    @Override
    public void onCheckpoint(long done, Path checkpoint) {
      write(Map.of("event", "checkpoint", "done", done, "folder", checkpoint.toString()));
    }

    @Override
    public void onEvaluation(long done, Map<String, Double> values) {
      write(Map.of("event", "evaluation", "done", done, "values", values));
    }

    @Override
    public void onTrainEnd(long done, boolean isFinished) {
      write(Map.of("event", "ended", "done", done));
    }

    @Override
    public void onException(Throwable cause) {
      write(Map.of("event", "failed", "error", cause.toString()));
    }

    private void write(Map<String, ?> event) {
      String line = ConfigValueFactory.fromMap(event).render(ConfigRenderOptions.concise());
      try {
        Files.writeString(
            journal, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(new IOException("cannot write " + journal, e));
      }
    }
  }
}
