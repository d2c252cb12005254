package io.ddgan.train.picture;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import io.ddgan.train.data.Pixels;
import java.awt.image.BufferedImage;

/**
 * Draws images in a grid.
 *
 * @param shape shape of one image, of 1 or 3 channels
 * @param scale height and width of an image's pixel in pixels of the picture
 */
record ImageGrid(DataShape shape, int scale) {

  private static final int GAP = 2;
  private static final int BACKGROUND = 0x505050;

  /** Maximum number of pixels (400 MB in memory), close to the limit of image viewers. */
  private static final long MAX_PIXELS = 100_000_000;

  /**
   * Checks that a number of images fits into a picture.
   *
   * @throws RefusedException if they do not fit; the message has the maximum
   */
  void requireRoom(long images) {
    long limit = MAX_PIXELS / cellWidth() / cellHeight();
    if (images > limit) {
      throw new RefusedException(
          "a picture has room for at most %4$,d images of %2$dx%3$d pixels; got %1$,d"
              .formatted(images, shape.height(), shape.width(), limit));
    }
  }

  private long cellWidth() {
    return (long) shape.width() * scale + GAP;
  }

  private long cellHeight() {
    return (long) shape.height() * scale + GAP;
  }

  /** Draws an approximately square picture; see {@link #draw(float[], int)}. */
  BufferedImage draw(float[] images) {
    return draw(images, (int) Math.ceil(Math.sqrt(count(images))));
  }

  /**
   * Draws a picture with rows of images.
   *
   * @param images one or more images in [-1, 1], {@code [N, C, H, W]}; values outside are clipped
   * @throws RefusedException if they are too many for a picture
   */
  BufferedImage draw(float[] images, int columns) {
    int count = count(images);
    requireRoom(count);
    int rows = (count + columns - 1) / columns;
    int cellWidth = (int) cellWidth();
    int cellHeight = (int) cellHeight();
    BufferedImage picture =
        new BufferedImage(
            columns * cellWidth + GAP, rows * cellHeight + GAP, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        picture.setRGB(x, y, BACKGROUND);
      }
    }
    for (int i = 0; i < count; i++) {
      draw(images, i, picture, i % columns * cellWidth + GAP, i / columns * cellHeight + GAP);
    }
    return picture;
  }

  private int count(float[] images) {
    return images.length / shape.size();
  }

  /** Draws one image, {@code [C, H, W]}, unscaled and without a border. */
  static BufferedImage single(DataShape shape, float[] image) {
    BufferedImage picture =
        new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
    new ImageGrid(shape, 1).draw(image, 0, picture, 0, 0);
    return picture;
  }

  private void draw(float[] images, int image, BufferedImage picture, int left, int top) {
    for (int y = 0; y < shape.height() * scale; y++) {
      for (int x = 0; x < shape.width() * scale; x++) {
        picture.setRGB(left + x, top + y, colour(images, image, y / scale, x / scale));
      }
    }
  }

  private int colour(float[] images, int image, int row, int column) {
    int colour = 0;
    for (int channel = 0; channel < 3; channel++) {
      int plane = image * shape.channels() + channel % shape.channels();
      float value = images[(plane * shape.height() + row) * shape.width() + column];
      colour = colour << 8 | Pixels.level(value);
    }
    return colour;
  }
}
