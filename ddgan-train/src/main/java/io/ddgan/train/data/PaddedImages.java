package io.ddgan.train.data;

import io.ddgan.api.DataShape;
import io.ddgan.api.Examples;
import io.ddgan.api.Labels;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Grey images in the middle of a black square.
 *
 * @param images the images
 * @param labels their classes, where known
 * @param side height and width of the square in pixels
 */
record PaddedImages(IdxFile images, Optional<Labels> labels, int side) implements Examples {

  private static final float BLACK = -1;

  @Override
  public DataShape shape() {
    return DataShape.image(1, side, side);
  }

  @Override
  public int size() {
    return images.count();
  }

  @Override
  public void read(int index, float[] out, int offset) throws IOException {
    Objects.checkIndex(index, size());
    byte[] pixels = images.record(index);
    Arrays.fill(out, offset, offset + side * side, BLACK);
    int top = (side - images.height()) / 2;
    int left = (side - images.width()) / 2;
    for (int row = 0; row < images.height(); row++) {
      Pixels.scale(
          pixels, row * images.width(), out, offset + (top + row) * side + left, images.width());
    }
  }

  @Override
  public void close() throws IOException {
    images.close();
  }
}
