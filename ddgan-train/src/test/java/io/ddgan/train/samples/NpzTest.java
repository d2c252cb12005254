package io.ddgan.train.samples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.DataShape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TimeZone;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("samples.npz");
  }

  @Test
  void holdsTheSamplesAsNumPyWritesThem() throws IOException {
    float[] samples = new float[20_002];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i / 3f;
    }
    Npz.write(file, DataShape.point(2), samples);
    try (ZipFile zip = new ZipFile(file.toFile());
        InputStream entry = zip.getInputStream(zip.getEntry("samples.npy"))) {
      ByteBuffer bytes = ByteBuffer.wrap(entry.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      assertEquals(0x4D554E93, bytes.getInt());
      assertEquals(0x00015950, bytes.getInt());
      byte[] header = new byte[bytes.getShort()];
      bytes.get(header);
      assertEquals(0, bytes.position() % 64);
      assertEquals(
          "{'descr': '<f4', 'fortran_order': False, 'shape': (10001, 2), }",
          new String(header, StandardCharsets.US_ASCII).strip());
      float[] values = new float[samples.length];
      bytes.asFloatBuffer().get(values);
      assertArrayEquals(samples, values);
    }
  }

  @Test
  void theSameSamplesGiveTheSameBytesInEveryTimeZone() throws IOException {
    TimeZone here = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
      Npz.write(file, DataShape.point(2), new float[4]);
      byte[] first = Files.readAllBytes(file);
      TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
      Npz.write(file, DataShape.point(2), new float[4]);
      assertArrayEquals(first, Files.readAllBytes(file));
    } finally {
      TimeZone.setDefault(here);
    }
  }

  @Test
  void wantsWholeExamples() {
    assertThrows(
        IllegalArgumentException.class, () -> Npz.write(file, DataShape.point(2), new float[3]));
  }
}
