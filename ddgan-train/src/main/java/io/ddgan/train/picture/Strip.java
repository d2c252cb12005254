package io.ddgan.train.picture;

import java.awt.image.BufferedImage;
import java.util.List;

/** Puts pictures of the same height side by side. */
public final class Strip {

  private Strip() {}

  /** One picture of one or more. */
  public static BufferedImage of(List<BufferedImage> pictures) {
    int width = pictures.stream().mapToInt(BufferedImage::getWidth).sum();
    int height = pictures.get(0).getHeight();
    BufferedImage strip = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int left = 0;
    for (BufferedImage picture : pictures) {
      int columns = picture.getWidth();
      strip.setRGB(
          left,
          0,
          columns,
          height,
          picture.getRGB(0, 0, columns, height, null, 0, columns),
          0,
          columns);
      left += columns;
    }
    return strip;
  }
}
