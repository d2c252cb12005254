package io.ddgan.internal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {

  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path folder;

  @Test
  void matchesTheStandard() throws IOException {
    assertEquals(ABC, Sha256.of("abc"));
    assertEquals(ABC, Sha256.of(Files.writeString(folder.resolve("file"), "abc")));
    Path missing = folder.resolve("missing");
    IOException e = assertThrows(IOException.class, () -> Sha256.of(missing));
    assertEquals("cannot read %s: it does not exist".formatted(missing), e.getMessage());
  }
}
