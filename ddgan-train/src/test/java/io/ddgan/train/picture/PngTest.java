package io.ddgan.train.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PngTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"a row each: Bag, Ankle boot", "Übergröße", "靴, сумка"})
  void storesADescriptionInAnyScript(String description) throws IOException {
    Path file = folder.resolve("picture.png");
    Png.write(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB), Optional.of(description), file);
    assertEquals(Optional.of(description), Png.description(file));
  }

  @Test
  void descriptionIsOptional() throws IOException {
    Path file = folder.resolve("picture.png");
    Png.write(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB), file);
    assertEquals(Optional.empty(), Png.description(file));
  }
}
