package io.ddgan.train.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.OpenDataset;
import io.ddgan.internal.weights.Npz;
import io.ddgan.internal.weights.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzArrayTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("data.npz");
  }

  @Test
  void readsSampledFiles() throws IOException {
    Npz.write(file, Map.of("samples", Tensor.of(List.of(2L, 1L, 2L, 2L), 1, 2, 3, 4, 5, 6, 7, 8)));
    assertArrayEquals(new float[] {5, 6, 7, 8}, read(DataShape.image(1, 2, 2), 2, 1));
  }

  @Test
  void readsPoints() throws IOException {
    Npz.write(file, Map.of("x", Tensor.of(List.of(3L, 2L), 1, 2, 3, 4, 5, 6)));
    assertArrayEquals(new float[] {3, 4}, read(DataShape.point(2), 3, 1));
    try (OpenDataset points = new NpzArray(file, Optional.empty(), true).open()) {
      assertFalse(points.isMirrorable(), "points have no left and right");
    }
  }

  @Test
  void readsBytesWithChannelsFirstOrLastOrNone() throws IOException {
    byte[] bytes = {0, 51, (byte) 255, 0, 51, (byte) 255};
    write("|u1", "(1, 1, 2, 3)", bytes);
    float[] interleaved = read(DataShape.image(3, 1, 2), 1, 0);
    assertArrayEquals(new float[] {-1, -1, -0.6f, -0.6f, 1, 1}, interleaved, 1e-6f);
    write("|u1", "(1, 3, 1, 2)", bytes);
    float[] planes = read(DataShape.image(3, 1, 2), 1, 0);
    assertArrayEquals(new float[] {-1, -0.6f, 1, -1, -0.6f, 1}, planes, 1e-6f);
    write("|u1", "(1, 2, 3)", bytes);
    assertArrayEquals(planes, read(DataShape.image(1, 2, 3), 1, 0), 1e-6f);
  }

  @Test
  void requiresANameIfThereAreSeveralArrays() throws IOException {
    Npz.write(file, Map.of("a", Tensor.of(List.of(1L, 1L), 1), "b", Tensor.of(List.of(1L, 1L), 2)));
    try (OpenDataset b = new NpzArray(file, Optional.of("b"), false).open()) {
      float[] value = new float[1];
      b.read(0, value, 0);
      assertEquals(2, value[0]);
    }
    assertTrue(error(Optional.empty()).contains(" has several arrays, ["));
    assertTrue(error(Optional.of("c")).startsWith(file + " has no array c; set data.array to one"));
  }

  @Test
  void explainsWhichTypesAndShapesToSave() throws IOException {
    write("<i4", "(1, 2)", new byte[8]);
    assertTrue(error().contains(" of type <i4 and shape [1, 2]; save float32 examples"), error());
    write("|u1", "(1, 2, 2, 2)", new byte[8]);
    assertTrue(error().contains("or uint8 images of 1 or 3 channels"), error());
    write("<f4", "(4,)", new byte[16]);
    assertTrue(error().contains("[N, ...]"), error());
  }

  @Test
  void refusesDamagedFiles() throws IOException {
    Files.writeString(file, "not a zip");
    assertTrue(error().startsWith(file + " is not a ZIP archive"), error());
    write("<f4", "(3, 2)'", new byte[24]);
    assertTrue(error().startsWith(file + " has an array images "), error());
    write("<f4", "(3, 2)", new byte[20]);
    assertTrue(error().contains("does not match its shape [3, 2]"), error());
    write("|u1", "(9, 3, 999999999, 999999999)", new byte[20]);
    assertTrue(error().contains("invalid shape"), error());
    Files.delete(file);
    assertEquals("cannot read " + file + ": it does not exist", error());
  }

  private float[] read(DataShape shape, int size, int index) throws IOException {
    try (OpenDataset examples = new NpzArray(file, Optional.empty(), false).open()) {
      assertEquals(shape, examples.shape());
      assertEquals(size, examples.size());
      float[] values = new float[shape.size() + 1];
      examples.read(index, values, 1);
      return Arrays.copyOfRange(values, 1, values.length);
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY})
  void failsEarlyForNumbersThatAreNotFinite(float number) throws IOException {
    float[] values = new float[40_000];
    Arrays.fill(values, Float.MAX_VALUE);
    values[30_001] = number;
    Npz.write(file, Map.of("x", Tensor.of(List.of(20_000L, 2L), values)));
    String named =
        "array x of %s has a number that is not finite in example 15,000".formatted(file);
    assertTrue(error().startsWith(named), error());
  }

  @Test
  void refusesAnArrayWithAWrongChecksum() throws IOException {
    Npz.write(file, Map.of("x", Tensor.of(List.of(2L, 2L), 1, 2, 3, 4)));
    byte[] changed = Files.readAllBytes(file);
    int first = new String(changed, ISO_8859_1).indexOf("\u0000\u0000\u0080?"); // the number 1
    changed[first] = 1;
    Files.write(file, changed);
    assertTrue(error().startsWith(file + " is damaged: "), error());
    assertTrue(error().contains(" checksum"), error());
  }

  private String error() {
    return error(Optional.empty());
  }

  private String error(Optional<String> array) {
    return assertThrows(IOException.class, () -> new NpzArray(file, array, false).open())
        .getMessage();
  }

  private void write(String type, String shape, byte[] elements) throws IOException {
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }\n".formatted(type, shape);
    ByteArrayOutputStream array = new ByteArrayOutputStream();
    array.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    array.write(header.length());
    array.write(0);
    array.write(header.getBytes(US_ASCII));
    array.write(elements);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("images.npy"));
      zip.write(array.toByteArray());
    }
  }
}
