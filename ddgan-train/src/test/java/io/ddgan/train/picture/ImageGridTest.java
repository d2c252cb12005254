package io.ddgan.train.picture;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageGridTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("grid.png");
  }

  @Test
  void showsGreyImagesRowByRow() throws IOException {
    ImageGrid grid = new ImageGrid(DataShape.image(1, 1, 2), 1);
    Png.write(grid.draw(new float[] {-1, 1, 0, 9, -9, Float.NaN}), file);
    assertEquals(0x000000, pixel(2, 2));
    assertEquals(0xFFFFFF, pixel(3, 2));
    assertEquals(0x808080, pixel(6, 2));
    assertEquals(0xFFFFFF, pixel(7, 2), "too bright is white");
    assertEquals(0x000000, pixel(2, 5), "too dark is black");
  }

  @Test
  void showsColourImages() throws IOException {
    Png.write(
        new ImageGrid(DataShape.image(3, 1, 2), 1).draw(new float[] {1, -1, -1, 1, -1, -1}), file);
    assertEquals(0xFF0000, pixel(2, 2));
    assertEquals(0x00FF00, pixel(3, 2));
  }

  @Test
  void enlargesPixelsWithoutBlurringThem() throws IOException {
    Png.write(new ImageGrid(DataShape.image(1, 1, 2), 3).draw(new float[] {-1, 1}), file);
    BufferedImage picture = ImageIO.read(file.toFile());
    assertEquals(2 + 6 + 2, picture.getWidth());
    assertEquals(2 + 3 + 2, picture.getHeight());
    for (int i = 0; i < 3; i++) {
      assertEquals(0x000000, pixel(2 + i, 2 + i));
      assertEquals(0xFFFFFF, pixel(5 + i, 2 + i));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "2, 2, 1", "4, 2, 2", "10, 4, 3", "64, 8, 8"})
  void isApproximatelySquare(int images, int columns, int rows) throws IOException {
    Png.write(new ImageGrid(DataShape.image(1, 4, 4), 1).draw(new float[16 * images]), file);
    BufferedImage picture = ImageIO.read(file.toFile());
    assertEquals(2 + 6 * columns, picture.getWidth());
    assertEquals(2 + 6 * rows, picture.getHeight());
  }

  @Test
  void refusesMoreImagesThanFitIntoAPicture() {
    ImageGrid grid = new ImageGrid(DataShape.image(1, 32, 32), 2);
    assertDoesNotThrow(() -> grid.requireRoom(22_956));
    RefusedException refused =
        assertThrows(RefusedException.class, () -> grid.requireRoom(Long.MAX_VALUE));
    assertEquals(
        "a picture has room for at most 22,956 images of 32x32 pixels; got 9,223,372,036,854,775,807",
        refused.getMessage());
  }

  private int pixel(int x, int y) throws IOException {
    return ImageIO.read(file.toFile()).getRGB(x, y) & 0xFFFFFF;
  }
}
