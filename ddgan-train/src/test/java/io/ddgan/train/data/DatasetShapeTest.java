package io.ddgan.train.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.DataShape;
import io.ddgan.api.Dataset;
import io.ddgan.train.data.ImageFolder.LabelSource;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatasetShapeTest {

  private static final Path NOWHERE = Path.of("nowhere");

  @Test
  void configurationDeterminesTheShapeWithoutFiles() {
    Dataset mnist = new Mnist(NOWHERE, 32);
    assertEquals(Optional.of(DataShape.image(1, 32, 32)), mnist.shape());
    assertEquals(Optional.of(DataShape.image(3, 32, 32)), new StackedMnist(mnist, 10, 0).shape());
    assertEquals(Optional.of(DataShape.image(3, 32, 32)), new Cifar10(NOWHERE, true).shape());
    assertEquals(Optional.of(DataShape.image(3, 256, 256)), new Lmdb(NOWHERE, 256, true).shape());
    assertEquals(
        Optional.of(DataShape.image(1, 64, 64)),
        new ImageFolder(NOWHERE, 64, 1, true, LabelSource.FOLDERS).shape());
  }

  @Test
  void shapeIsUnknownIfOnlyTheFilesDetermineIt() {
    assertEquals(Optional.empty(), new CsvPoints(NOWHERE).shape());
    assertEquals(Optional.empty(), new NpzArray(NOWHERE, Optional.empty(), false).shape());
    Dataset stacked = new StackedMnist(new Cifar10(NOWHERE, true), 10, 0);
    assertEquals(Optional.empty(), stacked.shape());
  }
}
