package io.ddgan.train.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.OpenDataset;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10Test {

  private static final int RECORD = 3073;
  private static final long LENGTH = 10_000L * RECORD;

  @TempDir Path folder;

  /** Writes sparse files of the right size. */
  @BeforeEach
  void writeFiles() throws IOException {
    for (int i = 1; i <= 5; i++) {
      try (RandomAccessFile file = new RandomAccessFile(file(i).toFile(), "rw")) {
        file.setLength(LENGTH);
      }
    }
  }

  @Test
  void concatenatesImagesAndLabelsOfAllFiles() throws IOException {
    byte[] record = new byte[RECORD];
    record[0] = 7;
    record[1] = (byte) 255; // red of the first pixel
    record[1 + 1024 + 1] = 51; // green of the second
    write(file(4), 9_999L * RECORD, record);
    try (OpenDataset examples = new Cifar10(folder, true).open()) {
      assertEquals(50_000, examples.size());
      assertEquals(DataShape.image(3, 32, 32), examples.shape());
      assertTrue(examples.isMirrorable());
      float[] image = new float[5 + 3072];
      examples.read(39_999, image, 5);
      assertEquals(1, image[5]);
      assertEquals(-1, image[5 + 1]);
      assertEquals(-0.6f, image[5 + 1024 + 1], 1e-6f);
      assertEquals(7, examples.labels().orElseThrow().label(39_999));
      assertEquals("horse", examples.labels().orElseThrow().name(7));
      assertEquals(0, examples.labels().orElseThrow().label(40_000));
      assertThrows(IndexOutOfBoundsException.class, () -> examples.read(50_000, image, 0));
    }
  }

  @Test
  void namesAMissingFile() throws IOException {
    Files.delete(file(3));
    assertTrue(error().startsWith(file(3) + " is missing; set data.folder to "), error());
  }

  @Test
  void namesATruncatedFile() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(file(5).toFile(), "rw")) {
      file.setLength(LENGTH - 1);
    }
    assertTrue(
        error().startsWith(file(5) + " has 30,729,999 bytes instead of the 30,730,000"), error());
  }

  @Test
  void namesAFileWithOtherContent() throws IOException {
    write(file(2), 12L * RECORD, new byte[] {10});
    assertEquals(
        file(2) + " has the label 10 at image 12, but there are 10 classes; fetch it again",
        error());
  }

  private Path file(int number) {
    return folder.resolve("data_batch_" + number + ".bin");
  }

  private static void write(Path path, long position, byte[] bytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.seek(position);
      file.write(bytes);
    }
  }

  private String error() {
    return assertThrows(IOException.class, () -> new Cifar10(folder, false).open()).getMessage();
  }
}
