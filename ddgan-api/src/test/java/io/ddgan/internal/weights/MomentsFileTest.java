package io.ddgan.internal.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.Moments;
import io.ddgan.internal.file.FileContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fixtures were written by {@code savez} and {@code savez_compressed} of NumPy 2. */
class MomentsFileTest {

  private static final double[] MEAN = {0.1, -2.5, 1 / 3.0};
  private static final double[] COVARIANCE = {
    1.5, 0.1, -0.2, 0.1, 2 / 3.0, 1e-17, -0.2, 1e-17, 4e300
  };

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("moments.npz");
  }

  @Test
  void readsWhatNumPyWritesInDoublePrecision() throws IOException {
    Moments moments = MomentsFile.read(fixture("float64"));
    assertArrayEquals(MEAN, moments.mean());
    assertArrayEquals(COVARIANCE, moments.covariance());
  }

  @Test
  void readsSinglePrecision() throws IOException {
    Moments moments = MomentsFile.read(fixture("float32"));
    assertArrayEquals(new double[] {0.1f, -2.5, 1 / 3f}, moments.mean());
    assertArrayEquals(
        new double[] {1.5, 0.1f, -0.2f, 0.1f, 2 / 3f, 1e-17f, -0.2f, 1e-17f, 4},
        moments.covariance());
  }

  @Test
  void readsColumnMajorOrderAndLeavesOtherArraysAlone() throws IOException {
    double[] sigma =
        ZipArchive.read(
            fixture("columns"), archive -> MomentsFile.array(archive, "sigma").values());
    assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, sigma);
  }

  @Test
  void writesTheSameArraysAsNumPy() throws IOException {
    MomentsFile.write(file, Moments.of(MEAN, COVARIANCE));
    Path numpy = fixture("float64");
    for (String entry : List.of("mu.npy", "sigma.npy")) {
      assertArrayEquals(bytes(numpy, entry), bytes(file, entry), entry);
    }
  }

  private static byte[] bytes(Path zip, String entry) throws IOException {
    return ZipArchive.read(zip, archive -> archive.bytes(entry, 1 << 10));
  }

  @Test
  void readsWhatItWritesBitByBit() throws IOException {
    int size = 130;
    Random random = new Random(1);
    double[] mean = random.doubles(size, -1e9, 1e9).toArray();
    double[] covariance = random.doubles((long) size * size).toArray();
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        covariance[i * size + j] = covariance[j * size + i];
      }
    }
    MomentsFile.write(file, Moments.of(mean, covariance));
    Moments moments = MomentsFile.read(file);
    assertArrayEquals(mean, moments.mean());
    assertArrayEquals(covariance, moments.covariance());
  }

  @Test
  void aMissingArrayIsNamed() throws IOException {
    write(Map.of("sigma", new DoubleArray(List.of(1L, 1L), new double[1])));
    assertEquals(file + " holds no statistics of features: it has no array mu", message());
    write(Map.of("mu", new DoubleArray(List.of(1L), new double[1])));
    assertEquals(file + " holds no statistics of features: it has no array sigma", message());
  }

  @Test
  void shapesThatDoNotBelongTogetherAreNamed() throws IOException {
    assertShapes(List.of(2L), List.of(4L));
    assertShapes(List.of(2L), List.of(1L, 4L));
    assertShapes(List.of(1L, 2L), List.of(2L, 2L));
    assertShapes(List.of(), List.of(1L, 1L));
    assertShapes(List.of(0L), List.of(0L, 0L));
  }

  private void assertShapes(List<Long> mean, List<Long> covariance) throws IOException {
    write(
        Map.of(
            "mu", new DoubleArray(mean, new double[elements(mean)]),
            "sigma", new DoubleArray(covariance, new double[elements(covariance)])));
    assertEquals(
        file
            + " holds no statistics of features: mu and sigma have the shapes %s and %s, not [n] and [n, n]"
                .formatted(mean, covariance),
        message());
  }

  private static int elements(List<Long> shape) {
    return (int) Tensor.elements(shape);
  }

  @Test
  void valuesThatAreNotFiniteAreRefused() throws IOException {
    writeOne(1, Double.NaN);
    assertEquals(file + " has values in its array sigma that are not finite", message());
    writeOne(Double.POSITIVE_INFINITY, 1);
    assertEquals(file + " has values in its array mu that are not finite", message());
  }

  @Test
  void whatIsNoCovarianceIsRefused() throws IOException {
    writeOne(1, -1);
    assertEquals(
        file
            + " holds no statistics of features: feature 0"
            + " has the negative variance -1.0, so this is not a covariance",
        message());
    write(
        Map.of(
            "mu", new DoubleArray(List.of(2L), new double[2]),
            "sigma", new DoubleArray(List.of(2L, 2L), new double[] {1, 0.5, 0.25, 1})));
    assertEquals(
        file
            + " holds no statistics of features: a covariance is symmetric, but that of the"
            + " features 0 and 1 is both 0.5 and 0.25",
        message());
  }

  private void writeOne(double mean, double variance) throws IOException {
    write(
        Map.of(
            "mu", new DoubleArray(List.of(1L), new double[] {mean}),
            "sigma", new DoubleArray(List.of(1L, 1L), new double[] {variance})));
  }

  @Test
  void statisticsAreToldFromOtherArrays() throws IOException {
    writeOne(1, 1);
    assertTrue(MomentsFile.isOne(file));
    write(Map.of("mu", new DoubleArray(List.of(1L), new double[1])));
    assertFalse(MomentsFile.isOne(file));
  }

  @Test
  void aMissingFileIsNamed() {
    assertEquals("cannot read %s: it does not exist".formatted(file), message());
  }

  private String message() {
    return assertThrows(IOException.class, () -> MomentsFile.read(file)).getMessage();
  }

  private void write(Map<String, DoubleArray> arrays) throws IOException {
    Map<String, FileContent> entries = new HashMap<>();
    arrays.forEach(
        (name, array) ->
            entries.put(name + Npz.EXTENSION, Npz.content("<f8", array.shape(), array::writeTo)));
    StoredZip.write(file, entries);
  }

  private Path fixture(String name) throws IOException {
    Path copy = folder.resolve(name + ".npz");
    try (InputStream in = getClass().getResourceAsStream("/moments/" + name + ".npz")) {
      Files.write(copy, in.readAllBytes());
    }
    return copy;
  }
}
