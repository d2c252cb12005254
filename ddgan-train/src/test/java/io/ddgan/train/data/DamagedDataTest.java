package io.ddgan.train.data;

import io.ddgan.api.DataShape;
import io.ddgan.api.Dataset;
import io.ddgan.api.OpenDataset;
import io.ddgan.contract.DamagedFiles;
import io.ddgan.internal.weights.Npz;
import io.ddgan.internal.weights.Tensor;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class DamagedDataTest {

  private static final int WAYS = 500;

  /** Maximum bytes for decoding, mostly garbage: WebP needs 400 per pixel. */
  private static final long PICTURE = 1L << 30;

  @TempDir Path folder;

  @Test
  void arraysAreRefusedOrRead() throws IOException {
    Path file = folder.resolve("data.npz");
    Npz.write(file, Map.of("x", Tensor.of(List.of(3L, 1L, 2L, 2L), new float[12])));
    check(file, WAYS, new NpzArray(file, Optional.empty(), true));
  }

  @Test
  void idxFilesAreRefusedOrRead() throws IOException {
    Path images = folder.resolve("train-images-idx3-ubyte");
    Files.write(images, Idx.images(0x0803, 3, 28, 28, 3 * 784));
    Path labels = folder.resolve("train-labels-idx1-ubyte");
    Files.write(labels, Idx.labels(1, 2, 3));
    check(images, WAYS, new Mnist(folder, 32));
    check(labels, WAYS, new Mnist(folder, 32));
  }

  @Test
  void compressedIdxFilesAreRefusedOrRead() throws IOException {
    Path images = folder.resolve("train-images-idx3-ubyte.gz");
    Files.write(images, Idx.gzip(Idx.images(0x0803, 3, 28, 28, 3 * 784)));
    check(images, WAYS, new Mnist(folder, 32));
  }

  @Test
  void pointsAreRefusedOrRead() throws IOException {
    Path file = folder.resolve("points.csv");
    Files.writeString(file, "x,y\n# some points\n0.5,-1.25\n\"1e3\", 2\n3.5,4\n");
    check(file, WAYS, new CsvPoints(file));
  }

  @Test
  void cifarFilesAreRefusedOrRead() throws IOException {
    for (int i = 1; i <= 5; i++) {
      Files.write(folder.resolve("data_batch_%d.bin".formatted(i)), new byte[10_000 * 3073]);
    }
    check(folder.resolve("data_batch_5.bin"), 3, new Cifar10(folder, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "bmp", "gif"})
  void picturesAreRefusedOrRead(String format) throws IOException {
    Path file = folder.resolve("picture." + format);
    Files.write(file, PicturesOnDisk.plain(format, 40, 30, Color.ORANGE));
    checkPicture(file, WAYS);
  }

  @Test
  void webpPicturesAreRefusedOrRead() throws IOException {
    Path file = folder.resolve("picture.webp");
    Files.write(file, getClass().getResourceAsStream("/pictures/orange.webp").readAllBytes());
    checkPicture(file, WAYS / 3);
  }

  private void checkPicture(Path file, int count) throws IOException {
    DamagedFiles.check(
        file,
        count,
        PICTURE,
        () -> Picture.read(file).fit(DataShape.image(3, 16, 16), new float[768], 0));
  }

  /** Opens the data and reads all examples and labels. */
  private static void check(Path file, int count, Dataset data) throws IOException {
    DamagedFiles.check(
        file,
        count,
        () -> {
          try (OpenDataset examples = data.open()) {
            float[] values = new float[examples.shape().size()];
            for (int i = 0; i < Math.min(100, examples.size()); i++) {
              examples.read(i, values, 0);
            }
          }
        });
  }
}
