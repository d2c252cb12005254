package org.example.ddgan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

  @TempDir Path run;

  @Test
  void everyEventIsAJsonLineAndAResumedRunAppends() throws IOException {
    Journal journal = new Journal(Path.of("journal.jsonl"));
    Path file = run.resolve("journal.jsonl");
    try (TrainingListener listener = journal.open(run)) {
      listener.onTrainStart(0, 20);
      listener.onLog(5, Map.of("generator-loss", 0.25));
      assertEquals(2, Files.readAllLines(file).size());
      listener.onException(new IOException("the disk is \"full\""));
    }
    try (TrainingListener listener = journal.open(run)) {
      listener.onTrainStart(5, 20);
    }
    assertEquals(
        List.of(
            "{\"event\":\"begun\",\"first\":0,\"total\":20}",
            "{\"done\":5,\"event\":\"row\",\"values\":{\"generator-loss\":0.25}}",
            "{\"error\":\"java.io.IOException: the disk is \\\"full\\\"\",\"event\":\"failed\"}",
            "{\"event\":\"begun\",\"first\":5,\"total\":20}"),
        Files.readAllLines(file));
  }

  @Test
  void runsDoNotShareAJournal() {
    assertThrows(IllegalArgumentException.class, () -> new Journal(Path.of("../journal.jsonl")));
  }
}
