package io.ddgan.internal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class FileErrorsTest {

  @TempDir private Path folder;

  @Test
  void namesAMissingOrBinaryFileOnce() throws IOException {
    Path absent = folder.resolve("absent");
    assertEquals(
        "cannot read %s: it does not exist".formatted(absent),
        reading(absent, () -> Files.readString(absent)));
    Path binary = Files.write(folder.resolve("binary"), new byte[] {'a', (byte) 0xff});
    assertEquals(
        "cannot read %s: it is not UTF-8 text".formatted(binary),
        reading(binary, () -> Files.readString(binary)));
  }

  @Test
  void namesTheFolderInAdditionToTheFile() {
    Path file = folder.resolve("file");
    Path other = folder.resolve("absent").resolve("part");
    assertEquals(
        "cannot write %s: %s does not exist".formatted(file, other),
        FileErrors.writing(
                file, assertThrows(IOException.class, () -> Files.writeString(other, "x")))
            .getMessage());
  }

  @Test
  void findsTheSystemsErrorInsideALibrarysError() {
    Path file = folder.resolve("a.png");
    IOException explained = FileErrors.reading(file, new IOException("it is on fire"));
    assertEquals(explained, FileErrors.writing(folder, explained), "is not explained again");
    IOException full = new IOException("cannot encode", new IOException("No space left on device"));
    assertEquals(
        "cannot write %s: no space is left on its disk; free some and try again".formatted(file),
        FileErrors.writing(file, full).getMessage());
  }

  private static String reading(Path file, Executable read) {
    return FileErrors.reading(file, assertThrows(IOException.class, read)).getMessage();
  }
}
