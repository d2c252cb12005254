package io.ddgan.internal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class FileErrorsTest {

  @TempDir private Path folder;

  @Test
  void fileThatDoesNotExistIsNamedOnce() {
    Path absent = folder.resolve("absent");
    assertEquals(
        "cannot read %s: it does not exist".formatted(absent),
        reading(absent, () -> Files.readString(absent)));
  }

  @Test
  void folderInWhichAFileWasToBeIsNamedBesidesTheFile() {
    Path file = folder.resolve("file");
    Path other = folder.resolve("absent").resolve("part");
    assertEquals(
        "cannot write %s: %s does not exist".formatted(file, other),
        FileErrors.writing(
                file, assertThrows(IOException.class, () -> Files.writeString(other, "x")))
            .getMessage());
  }

  @Test
  void fileThatIsNoTextIsSaidToBeNone() throws IOException {
    Path binary = Files.write(folder.resolve("binary"), new byte[] {'a', (byte) 0xff});
    assertEquals(
        "cannot read %s: it is not text in UTF-8".formatted(binary),
        reading(binary, () -> Files.readString(binary)));
  }

  @Test
  void linkThatLeadsBackIsNamed() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("self"), folder);
    assertEquals(
        "cannot read %s: %s is a link to a folder that it lies in; remove it"
            .formatted(folder, link),
        reading(
            folder,
            () -> {
              try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
                assertEquals(0, all.count());
              } catch (UncheckedIOException e) {
                throw e.getCause();
              }
            }));
  }

  @Test
  void whatTheSystemSaysIsHeardThroughWhatLibrariesSay() {
    Path file = folder.resolve("a.png");
    IOException full = new IOException("cannot encode", new IOException("No space left on device"));
    assertEquals(
        "cannot write %s: no space is left on its disk; free some and try again".formatted(file),
        FileErrors.writing(file, full).getMessage());
    assertEquals(
        "cannot write %s: its disk may only be read; name a place on another one, or mount it to be written"
            .formatted(file),
        FileErrors.writing(
                file, new FileSystemException(file.toString(), null, "Read-only file system"))
            .getMessage());
  }

  private static String reading(Path file, Executable read) {
    return FileErrors.reading(file, assertThrows(IOException.class, read)).getMessage();
  }
}
