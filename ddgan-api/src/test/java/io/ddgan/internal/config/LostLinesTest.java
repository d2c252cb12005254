package io.ddgan.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LostLinesTest {

  @TempDir Path folder;

  @BeforeEach
  void writePreset() throws IOException {
    Files.writeString(folder.resolve("preset.conf"), "schedule { type = vp, steps = 2 }\n");
  }

  @Test
  void aNameThatLaterKeysDropIsRefusedWithItsLine() {
    for (String keys : List.of("schedule.steps = 4", "schedule { steps = 4 }")) {
      Problem problem = problem("include \"preset.conf\"\nschedule = cosine # better\n" + keys);
      assertEquals(folder.resolve("mine.conf") + ":2", problem.origin());
      assertEquals("schedule", problem.key());
      assertTrue(problem.message().contains("schedule { type = cosine, ... }"), problem::message);
    }
  }

  @Test
  void keysThatALaterNameDropsAreRefusedWithTheirLine() {
    Problem problem = problem("schedule.steps = 4\nschedule = cosine\n");
    assertEquals(folder.resolve("mine.conf") + ":1", problem.origin());
    assertEquals("schedule.steps", problem.key());
  }

  @Test
  void aNameBeforeAnIncludeThatHasKeysIsRefused() {
    assertEquals("schedule", problem("schedule = cosine\ninclude \"preset.conf\"\n").key());
  }

  @Test
  void whatIsWrittenTogetherIsRead() throws IOException {
    for (String text :
        List.of(
            "schedule { type = cosine, steps = 4 }",
            "schedule = cosine",
            "schedule.type = cosine\nschedule.steps = 4",
            "schedule = vp\nschedule { type = cosine, steps = 4 }",
            "note = \"{\"\nb {\n  schedule = cosine\n}\n",
            "outer {\n  schedule = cosine\n}\nouter.other.steps = 4")) {
      Path file = folder.resolve("mine.conf");
      Files.writeString(file, "include \"preset.conf\"\n" + text);
      assertTrue(Hocon.file(file).hasPath("schedule"));
    }
  }

  private Problem problem(String text) {
    Path file = folder.resolve("mine.conf");
    ConfigurationException error =
        assertThrows(
            ConfigurationException.class,
            () -> {
              Files.writeString(file, text);
              Hocon.file(file);
            });
    assertEquals(1, error.problems().size(), error::getMessage);
    return error.problems().get(0);
  }
}
