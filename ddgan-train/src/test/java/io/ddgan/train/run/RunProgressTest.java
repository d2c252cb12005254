package io.ddgan.train.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.train.run.RunProgress.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunProgressTest {

  @TempDir Path folder;

  @Test
  void isReadAsWritten() throws IOException {
    Path file = folder.resolve("progress.json");
    RunProgress progress =
        new RunProgress(
            3, 5_000_000_000L, RunState.FAILED, Optional.of("a \"reason\""), 12.5, Instant.now());
    progress.write(file);
    assertEquals(Optional.of(progress), RunProgress.read(file));
  }

  @Test
  void ignoresMissingOrUnreadableFiles() throws IOException {
    Path file = folder.resolve("progress.json");
    assertEquals(Optional.empty(), RunProgress.read(file));
    new RunProgress(3, 4, RunState.TRAINING, Optional.empty(), 1, Instant.now()).write(file);
    String whole = Files.readString(file);
    for (String other :
        new String[] {
          "",
          whole.substring(0, whole.length() / 2),
          whole.replace("training", "resting"),
          whole.replace("\"updated\" : \"", "\"updated\" : \"yesterday"),
          whole.replace("step", "steps")
        }) {
      Files.writeString(file, other);
      assertEquals(Optional.empty(), RunProgress.read(file), other);
    }
  }
}
