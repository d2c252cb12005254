package io.ddgan.internal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcFileTest {

  @TempDir Path folder;

  @Test
  void returnsTheFirstValueOfAName() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("proc"), "model name\t: A: B\nMemFree:   3 kB\nmodel name\t: C\n");
    assertEquals(Optional.of("A: B"), ProcFile.fact(file, "model name"));
    assertEquals(Optional.of(3072L), ProcFile.bytes(file, "MemFree"));
    assertEquals(Optional.empty(), ProcFile.bytes(file, "MemAvailable"));
    assertEquals(Optional.empty(), ProcFile.fact(folder.resolve("missing"), "model name"));
  }
}
