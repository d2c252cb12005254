package io.ddgan.internal.file;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteCheckTest {

  private static final String OTHERWISE = "name another file with --out";

  @TempDir Path folder;

  @Test
  void acceptsNewAndExistingFilesButNotWithinAFile() throws IOException {
    Path file = Files.createFile(folder.resolve("there"));
    assertDoesNotThrow(() -> WriteCheck.require(file, OTHERWISE));
    assertDoesNotThrow(() -> WriteCheck.require(folder.resolve("a/b/c"), OTHERWISE));
    assertDoesNotThrow(() -> WriteCheck.requireWithin(folder.resolve("a"), OTHERWISE));
    IOException e =
        assertThrows(IOException.class, () -> WriteCheck.require(file.resolve("a/b"), OTHERWISE));
    assertEquals(
        "cannot write %s/a/b: %s is in the way; remove or rename it, or %s"
            .formatted(file, file, OTHERWISE),
        e.getMessage());
  }

  @Test
  void namesAFolderWithoutPermission() {
    folder.toFile().setWritable(false);
    assumeFalse(Files.isWritable(folder), "the administrator may write everywhere");
    IOException e =
        assertThrows(
            IOException.class, () -> WriteCheck.requireWithin(folder.resolve("a"), OTHERWISE));
    folder.toFile().setWritable(true);
    assertEquals(
        "cannot write %s/a: permission to write in %s is denied; change its permissions, or %s"
            .formatted(folder, folder, OTHERWISE),
        e.getMessage());
  }
}
