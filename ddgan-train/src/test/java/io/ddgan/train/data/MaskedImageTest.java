package io.ddgan.train.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskedImageTest {

  private static final DataShape GREY = DataShape.image(1, 4, 4);
  private static final int WHITE = 0xFFFFFFFF;
  private static final int BLACK = 0xFF000000;

  /** White in the two columns on the left. */
  private static final float[] LEFT = {1, 1, -1, -1, 1, 1, -1, -1, 1, 1, -1, -1, 1, 1, -1, -1};

  @TempDir Path folder;

  @Test
  void generatesWhitePixels() throws IOException {
    Path mask = picture("mask.png", 4, 4, (x, y) -> x < 2 ? WHITE : BLACK);
    MaskedImage image = MaskedImage.read(picture("p.png", 4, 4, (x, y) -> WHITE), mask, GREY);
    assertArrayEquals(LEFT, image.mask());
    assertEquals(List.of(), image.changes());
    float[] zeros = new float[16];
    float[] both = image.with(image.values(), zeros);
    assertArrayEquals(new float[] {0, 0, 1, 1}, Arrays.copyOf(both, 4));
  }

  @Test
  void generatesOpaquePixelsOfAMaskWithTransparency() throws IOException {
    Path mask = picture("mask.png", 4, 4, (x, y) -> x < 2 ? BLACK : 0x00FFFFFF);
    MaskedImage image = MaskedImage.read(picture("p.png", 4, 4, (x, y) -> WHITE), mask, GREY);
    assertArrayEquals(LEFT, image.mask());
  }

  @Test
  void cropsAndResizesBothAndReportsIt() throws IOException {
    Path file = picture("p.png", 12, 8, (x, y) -> 0xFFFF0000);
    Path mask = picture("mask.png", 12, 8, (x, y) -> x < 6 ? WHITE : BLACK);
    MaskedImage image = MaskedImage.read(file, mask, GREY);
    assertArrayEquals(LEFT, image.mask());
    String resized = " is 12x8 pixels; it is centre-cropped and resized to 4x4";
    assertEquals(List.of(file + resized, mask + resized), image.changes());
  }

  @Test
  void refusesAMaskOfAnotherSizeOrAllOfOneLevel() throws IOException {
    Path file = picture("p.png", 4, 4, (x, y) -> WHITE);
    Path black = picture("black.png", 4, 4, (x, y) -> BLACK);
    assertEquals(
        "mask %s has no white (or opaque) pixels to generate".formatted(black),
        refusal(file, black));
    Path white = picture("white.png", 4, 4, (x, y) -> WHITE);
    assertEquals(
        "mask %s is all white (or opaque), so no pixel is kept; sample without --from-image and --mask instead"
            .formatted(white),
        refusal(file, white));
    Path wide = picture("wide.png", 8, 4, (x, y) -> x < 2 ? WHITE : BLACK);
    assertEquals(
        "mask %s is 8x4 pixels, but picture %s is 4x4 pixels; both must have the same size"
            .formatted(wide, file),
        refusal(file, wide));
  }

  private static String refusal(Path file, Path mask) {
    return assertThrows(RefusedException.class, () -> MaskedImage.read(file, mask, GREY))
        .getMessage();
  }

  private Path picture(String name, int width, int height, IntBinaryOperator colour)
      throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, colour.applyAsInt(x, y));
      }
    }
    Path file = folder.resolve(name);
    ImageIO.write(image, "png", file.toFile());
    return file;
  }
}
