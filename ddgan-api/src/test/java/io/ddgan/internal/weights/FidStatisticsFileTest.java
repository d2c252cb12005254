package io.ddgan.internal.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.ddgan.api.Moments;
import io.ddgan.internal.file.FileContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The fixtures were written by {@code savez} and {@code savez_compressed} of NumPy 2. */
class FidStatisticsFileTest {

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
  void readsWhatNumPyWritesInBothPrecisions() throws IOException {
    Moments moments = FidStatisticsFile.read(fixture("float64"));
    assertArrayEquals(MEAN, moments.mean());
    assertArrayEquals(COVARIANCE, moments.covariance());
    Moments single = FidStatisticsFile.read(fixture("float32"));
    assertArrayEquals(new double[] {0.1f, -2.5, 1 / 3f}, single.mean());
    assertArrayEquals(
        new double[] {1.5, 0.1f, -0.2f, 0.1f, 2 / 3f, 1e-17f, -0.2f, 1e-17f, 4},
        single.covariance());
  }

  @Test
  void writesTheSameArraysAsNumPy() throws IOException {
    FidStatisticsFile.write(file, Moments.of(MEAN, COVARIANCE));
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
    FidStatisticsFile.write(file, Moments.of(mean, covariance));
    Moments moments = FidStatisticsFile.read(file);
    assertArrayEquals(mean, moments.mean());
    assertArrayEquals(covariance, moments.covariance());
  }

  @ParameterizedTest
  @MethodSource("others")
  void refusesOtherArrays(String reason, Map<String, FileContent> arrays) throws IOException {
    ZipArchive.write(file, arrays);
    String message = message();
    assertTrue(message.startsWith(file + " ") && message.contains(reason), message);
  }

  static Stream<Arguments> others() {
    return Stream.of(
        arguments("mu.npy", Map.of("sigma.npy", array(List.of(1L, 1L), 1))),
        arguments("sigma.npy", Map.of("mu.npy", array(List.of(1L), 1))),
        arguments("[4]", both(List.of(2L), List.of(4L), 1, 1, 1, 1)),
        arguments("[1, 4]", both(List.of(2L), List.of(1L, 4L), 1, 1, 1, 1)),
        arguments("[1, 2]", both(List.of(1L, 2L), List.of(2L, 2L), 1, 1, 1, 1)),
        arguments("[]", both(List.of(), List.of(1L, 1L), 1)),
        arguments("3 values", both(List.of(3L), List.of(2L, 2L), 1, 0, 0, 1)),
        arguments("0 values", both(List.of(0L), List.of(0L, 0L))),
        arguments("not finite", both(List.of(1L), List.of(1L, 1L), Double.NaN)),
        arguments("feature 0", both(List.of(1L), List.of(1L, 1L), -1)),
        arguments(
            "not symmetric: 0.5 and 0.25", both(List.of(2L), List.of(2L, 2L), 1, 0.5, 0.25, 1)));
  }

  private static Map<String, FileContent> both(
      List<Long> mean, List<Long> covariance, double... values) {
    double[] zeros = new double[(int) Tensor.elements(mean)];
    return Map.of("mu.npy", array(mean, zeros), "sigma.npy", array(covariance, values));
  }

  private static FileContent array(List<Long> shape, double... values) {
    return FidStatisticsFile.content(shape, values);
  }

  @Test
  void distinguishesStatisticsFromOtherArrays() throws IOException {
    FidStatisticsFile.write(file, Moments.of(new double[] {1}, new double[] {1}));
    assertTrue(FidStatisticsFile.isOne(file));
    ZipArchive.write(file, Map.of("mu.npy", array(List.of(1L), 1)));
    assertFalse(FidStatisticsFile.isOne(file));
  }

  private String message() {
    return assertThrows(IOException.class, () -> FidStatisticsFile.read(file)).getMessage();
  }

  private Path fixture(String name) throws IOException {
    Path copy = folder.resolve(name + ".npz");
    try (InputStream in = getClass().getResourceAsStream("/moments/" + name + ".npz")) {
      Files.write(copy, in.readAllBytes());
    }
    return copy;
  }
}
