package io.ddgan.train.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.ddgan.api.DataShape;
import io.ddgan.api.Labels;
import io.ddgan.api.OpenDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FashionMnistTest {

  private static final String FILE = "train-images-idx3-ubyte";

  @TempDir Path folder;

  @Test
  void readsTheBundledTestImagesByDefault() throws IOException {
    try (OpenDataset examples = new FashionMnist(Optional.empty(), 32).open(folder)) {
      assertEquals(10_000, examples.size());
      assertEquals(DataShape.image(1, 32, 32), examples.shape());
      float[] boot = new float[32 * 32];
      examples.read(0, boot, 0);
      assertEquals(-1, boot[0], "the padding is black");
      assertTrue(boot[20 * 32 + 20] > 0, "an ankle boot is in the middle");
      Labels labels = examples.labels().orElseThrow();
      assertEquals("Ankle boot", labels.name(labels.label(0)));
      assertEquals("Pullover", labels.name(labels.label(1)));
    }
  }

  @Test
  void prefersAnInstalledCopyToTheBundledImages() throws IOException {
    write(FILE + ".gz", Idx.gzip(Idx.images(0x0803, 3, 28, 28, 3 * 784)));
    assertEquals(3, new FashionMnist(Optional.empty(), 32).open(folder).size());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsPlainAndCompressedFiles(boolean compressed) throws IOException {
    byte[] file = Idx.images(0x0803, 3, 28, 28, 3 * 784);
    file[16 + 784] = (byte) 255;
    file[16 + 784 + 783] = 51;
    write(compressed ? FILE + ".gz" : FILE, compressed ? Idx.gzip(file) : file);
    float[] image = new float[1 + 30 * 30];
    Arrays.fill(image, 7);
    open(30).read(1, image, 1);
    assertEquals(1, image[1 + 30 + 1], "255 is white");
    assertEquals(-1, image[1 + 30 + 2], "0 is black");
    assertEquals(-0.6f, image[1 + 28 * 30 + 28], 1e-6f);
    assertEquals(-1, image[1 + 29 * 30 + 29]);
  }

  @Test
  void refusesAConfiguredFolderWithoutFiles() {
    String missing = " contains neither train-images-idx3-ubyte nor train-images-idx3-ubyte.gz;";
    assertTrue(error().startsWith(folder + missing), error());
    IOException e = assertThrows(IOException.class, () -> new Mnist(folder, 32).open());
    assertTrue(e.getMessage().startsWith(folder + missing), e.getMessage());
  }

  @Test
  void mnistHasTheSameFormat() throws IOException {
    write(FILE, Idx.images(0x0803, 2, 28, 28, 2 * 784));
    try (OpenDataset examples = new Mnist(folder, 32).open()) {
      assertEquals(2, examples.size());
      assertEquals(DataShape.image(1, 32, 32), examples.shape());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0x0801, 2, 28, 1568, it begins with 00000801",
    "0x0803, 2, 32, 2048, images of 32x32 pixels",
    "0x0803, 0, 28, 784, declares 0 images",
    "0x0803, -1, 28, 784, declares 4294967295 images",
    "0x0803, 2, 28, 0, has 16 bytes",
    "0x0803, 2, 28, 1567, 'has 1,583 bytes'",
    "0x0803, 2, 28, 1569, 'has 1,585 bytes'"
  })
  void refusesAFileThatContradictsItsHeader(
      int magic, int count, int side, int pixels, String reason) throws IOException {
    Path file = write(FILE, Idx.images(magic, count, side, side, pixels));
    assertTrue(error().startsWith(file + " "), error());
    assertTrue(error().contains(reason), error());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 8, 15})
  void refusesATruncatedHeader(int length) throws IOException {
    Path file = write(FILE, Arrays.copyOf(Idx.images(0x0803, 2, 28, 28, 0), length));
    assertEquals(file + " is truncated; fetch it again", error());
  }

  @Test
  void refusesATruncatedCompressedFile() throws IOException {
    byte[] whole = Idx.gzip(Idx.images(0x0803, 2, 28, 28, 2 * 784));
    for (int length = 0; length < whole.length; length++) {
      Path file = write(FILE + ".gz", Arrays.copyOf(whole, length));
      assertEquals(file + " is truncated; fetch it again", error(), "after " + length + " bytes");
    }
  }

  @Test
  void readsOptionalLabels() throws IOException {
    write(FILE, Idx.images(0x0803, 3, 28, 28, 3 * 784));
    assertEquals(Optional.empty(), open(28).labels());
    write("train-labels-idx1-ubyte.gz", Idx.gzip(Idx.labels(9, 0, 4)));
    Labels labels = open(28).labels().orElseThrow();
    assertEquals(10, labels.classes());
    assertEquals(List.of(9, 0, 4), IntStream.range(0, 3).map(labels::label).boxed().toList());
  }

  @Test
  void refusesLabelsThatDoNotMatchTheImages() throws IOException {
    write(FILE, Idx.images(0x0803, 3, 28, 28, 3 * 784));
    Path labels = write("train-labels-idx1-ubyte", Idx.labels(1, 2));
    assertTrue(error().startsWith(labels + " has 2 labels, but "), error());
    write("train-labels-idx1-ubyte", Idx.labels(1, 2, 10));
    assertEquals(labels + " has the label 10, but there are 10 classes", error());
    write("train-labels-idx1-ubyte", Idx.images(0x0803, 3, 28, 28, 3 * 784));
    assertTrue(error().startsWith(labels + " is not an IDX file of labels"), error());
  }

  @Test
  void refusesAFileWithoutPermission() throws IOException {
    Path file = write(FILE, Idx.images(0x0803, 2, 28, 28, 2 * 784));
    file.toFile().setReadable(false);
    assumeFalse(Files.isReadable(file), "the administrator may read everything");
    assertTrue(error().startsWith("cannot read " + file + ": permission"), error());
  }

  private OpenDataset open(int size) throws IOException {
    return new FashionMnist(Optional.of(folder), size).open();
  }

  private String error() {
    return assertThrows(IOException.class, () -> open(32)).getMessage();
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }
}
