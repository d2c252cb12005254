package io.ddgan.train.picture;

import io.ddgan.file.AtomicFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes pictures without a display and without the system's fonts. */
public final class Png {

  private Png() {}

  /**
   * Writes a picture.
   *
   * @throws IOException if the file cannot be written
   */
  public static void write(BufferedImage image, Path file) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          try (ImageOutputStream png = new MemoryCacheImageOutputStream(out)) {
            ImageIO.write(image, "png", png);
          }
        });
  }
}
