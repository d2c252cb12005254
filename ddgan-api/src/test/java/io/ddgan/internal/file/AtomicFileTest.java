package io.ddgan.internal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeFile() throws IOException {
    file = folder.resolve("new").resolve("file");
    AtomicFile.write(file, out -> out.write('1'));
  }

  @Test
  void replacesAFileUnlessWritingFails() throws IOException {
    AtomicFile.write(file, out -> out.write('2'));
    assertThrows(
        IllegalStateException.class,
        () ->
            AtomicFile.write(
                file,
                out -> {
                  out.write('3');
                  throw new IllegalStateException();
                }));
    assertEquals("2", Files.readString(file));
    assertAlone();
  }

  @Test
  void reportsAFullDiskAndLosesNothing() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "only Linux has a disk that is always full");
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      try (OutputStream other = Files.newOutputStream(full)) {
                        other.write(new byte[100_000]);
                      }
                    }));
    assertEquals(
        "cannot write " + file + ": no space is left on its disk; free some and try again",
        e.getMessage());
    assertEquals("1", Files.readString(file));
    assertAlone();
  }

  @Test
  void concurrentWritersDoNotMixTheirContents() throws IOException {
    AtomicFile.write(
        file,
        out -> {
          out.write('2');
          AtomicFile.write(file, other -> other.write('3'));
          assertEquals("3", Files.readString(file));
          out.write('2');
        });
    assertEquals("22", Files.readString(file));
    assertAlone();
  }

  private void assertAlone() throws IOException {
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertEquals(List.of(file), files.toList());
    }
  }
}
