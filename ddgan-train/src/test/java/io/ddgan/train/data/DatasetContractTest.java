package io.ddgan.train.data;

import io.ddgan.api.Dataset;
import io.ddgan.contract.DatasetContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Data sets without files; those with files are tested with their formats. */
class DatasetContractTest extends DatasetContract {

  private static final int COUNT = 300;

  @TempDir private static Path folder;

  /** Writes noise with classes, which is smaller than Fashion-MNIST. */
  @BeforeAll
  static void writeImages() throws IOException {
    int pixels = 28 * 28;
    byte[] images = Idx.images(0x0803, COUNT, 28, 28, COUNT * pixels);
    byte[] noise = new byte[COUNT * pixels];
    new Random(1).nextBytes(noise);
    System.arraycopy(noise, 0, images, images.length - noise.length, noise.length);
    Files.write(folder.resolve("train-images-idx3-ubyte"), images);
    int[] labels = IntStream.range(0, COUNT).map(i -> i % 10).toArray();
    Files.write(folder.resolve("train-labels-idx1-ubyte"), Idx.labels(labels));
  }

  @Override
  protected Stream<Dataset> datasets() {
    Dataset garments = new FashionMnist(Optional.of(folder), 28);
    Dataset points = new Gaussians25(2, 0.05, 1, 0);
    return Stream.of(
        points,
        garments,
        new StackedMnist(garments, 100, 0),
        new Contaminated(points, new Gaussians25(1, 2, 1, 0), 0.2, 0));
  }
}
