package io.ddgan.train.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.DataShape;
import io.ddgan.api.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {

  @TempDir Path folder;

  @Test
  void readsTheFilesOfItsFolder() throws IOException {
    Files.write(folder.resolve("train-images-idx3-ubyte"), Idx.images(0x0803, 2, 28, 28, 2 * 784));
    try (Examples examples = new Mnist(folder, 32).open()) {
      assertEquals(2, examples.size());
      assertEquals(DataShape.image(1, 32, 32), examples.shape());
    }
  }

  @Test
  void aFolderWithoutTheFilesIsAnError() {
    IOException e = assertThrows(IOException.class, () -> new Mnist(folder, 32).open());
    assertEquals(
        folder
            + " contains neither train-images-idx3-ubyte nor train-images-idx3-ubyte.gz;"
            + " set data.folder to the folder that does",
        e.getMessage());
  }
}
