package org.example.ddgan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.ddgan.api.ProcessLauncher.Handle;
import io.ddgan.api.ProcessLauncher.Request;
import io.ddgan.api.ProcessLauncher.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandListTest {

  @TempDir Path folder;

  @Test
  void aTrialBecomesAShellCommandAndIsNotStarted() throws IOException {
    Path file = folder.resolve("commands.sh");
    Request trial =
        new Request(
            "a1",
            Path.of("out/runs/a1"),
            "./ddgan",
            List.of("train", "it's.conf"),
            Path.of("a1.log"),
            new Resources(2, Optional.of("0"), 1));
    try (Handle handle = new CommandList(file).launch(trial)) {
      assertFalse(handle.isActive());
    }
    assertEquals(
        "OMP_NUM_THREADS='2' CUDA_VISIBLE_DEVICES='0' './ddgan' 'train' 'it'\\''s.conf' >> 'a1.log' 2>&1",
        Files.readString(file).strip());
  }
}
