package io.ddgan.internal.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs alone, because one test changes the time zone. */
@Isolated
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
    Npz.write(file, Map.of("samples", Tensor.of(List.of(10_001L, 2L), samples)));
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
  void equalSamplesGiveEqualBytesInEveryTimeZone() throws IOException {
    TimeZone here = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
      Npz.write(file, Map.of("samples", Tensor.of(List.of(2L, 2L), new float[4])));
      byte[] first = Files.readAllBytes(file);
      TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
      Npz.write(file, Map.of("samples", Tensor.of(List.of(2L, 2L), new float[4])));
      assertArrayEquals(first, Files.readAllBytes(file));
    } finally {
      TimeZone.setDefault(here);
    }
  }

  @Test
  void readsWhatItWrites() throws IOException {
    Map<String, Tensor> arrays =
        Map.of(
            "scalar", Tensor.of(List.of(), 1),
            "vector", Tensor.of(List.of(3L), 1, 2, 3),
            "empty", Tensor.of(List.of(2L, 0L)),
            "a.b", Tensor.of(List.of(1L, 2L), 4, 5));
    Npz.write(file, arrays);
    Map<String, Tensor> read = Npz.read(file);
    assertEquals(arrays.keySet(), read.keySet());
    arrays.forEach(
        (name, array) -> {
          assertEquals(array.shape(), read.get(name).shape());
          assertArrayEquals(array.toArray(), read.get(name).toArray());
        });
  }

  @Test
  void readsOtherTypesAndColumnMajorOrder() throws IOException {
    ByteBuffer values = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : new double[] {1, 4, 2, 5, 3, 6}) {
      values.putDouble(value);
    }
    npy("{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }", values.array());
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, Npz.read(file).get("x").toArray());
    npy("{'descr': '|b1', 'fortran_order': False, 'shape': (2,), }", new byte[] {0, 1});
    assertArrayEquals(new float[] {0, 1}, Npz.read(file).get("x").toArray());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (999999999999999999, 999), }",
        "{'descr': '|O', 'fortran_order': False, 'shape': (2,), }",
        "{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }",
        "nonsense"
      })
  void namesUnsupportedArrays(String header) throws IOException {
    npy(header, new byte[8]);
    String message = assertThrows(IOException.class, () -> Npz.read(file)).getMessage();
    assertTrue(message.startsWith(file + " ") && message.contains(" array "), message);
  }

  private void npy(String header, byte[] values) throws IOException {
    byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0};
    ZipArchive.write(
        file,
        Map.of(
            "x.npy",
            out -> {
              out.write(start);
              out.write(header.getBytes(StandardCharsets.US_ASCII));
              out.write(values);
            }));
  }
}
