package io.ddgan.train.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFileTest {

  /** Zeros without end, which count how many of them were wanted. */
  private static final class Endless extends InputStream {

    private long read;

    @Override
    public int read() {
      read++;
      return 0;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      read += length;
      return length;
    }
  }

  @TempDir Path folder;

  @Test
  void whatIsUnpackedHasNoNameThatAnEndOfTheProcessCouldLeave() throws IOException {
    assumeFalse(File.separatorChar == '\\', "Windows deletes it when the process ends");
    List<String> before = leftovers();
    List<String> seen = new ArrayList<>();
    DataFile file =
        DataFile.temporary(
            "numbers",
            out -> {
              out.write(new byte[100_000]);
              seen.addAll(leftovers());
              out.write(7);
            });
    seen.removeAll(before);
    assertEquals(List.of(), seen);
    byte[] last = new byte[1];
    file.read(100_000, last);
    assertArrayEquals(new byte[] {7}, last);
    file.close();
  }

  private static List<String> leftovers() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.matches("ddgan-.*\\.data"))
          .toList();
    }
  }

  @Test
  void noMoreIsUnpackedThanThereShouldBe() throws IOException {
    Endless zeros = new Endless();
    try (DataFile file = DataFile.copy(zeros, "zeros", 1000, out -> out)) {
      assertEquals(1001, file.size());
      assertTrue(zeros.read < 100_000, () -> zeros.read + " bytes were read");
    }
  }

  @Test
  void aCompressedFileIsUnpackedNoFurtherThanItAnnounces() throws IOException {
    byte[] images = Idx.images(0x0803, 2, 28, 28, 50_000_000);
    Path file = Files.write(folder.resolve("train-images-idx3-ubyte.gz"), Idx.gzip(images));
    IOException e =
        assertThrows(IOException.class, () -> IdxFile.open(file, IdxFile.Content.IMAGES));
    assertEquals(
        file + " goes on after the 2 images that it announces; fetch it again", e.getMessage());
  }

  @Test
  void whatIsLargerThanTheDiskIsNotBegun() {
    InputStream nothing = new ByteArrayInputStream(new byte[0]);
    IOException e =
        assertThrows(
            IOException.class, () -> DataFile.copy(nothing, "a cube", Long.MAX_VALUE, out -> out));
    assertTrue(
        e.getMessage().startsWith("a cube takes 9,223,372,036,854 MB when it is unpacked, but "),
        e.getMessage());
  }
}
