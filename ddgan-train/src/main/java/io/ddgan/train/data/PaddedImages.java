package io.ddgan.train.data;

import io.ddgan.api.DataShape;
import io.ddgan.api.Examples;
import io.ddgan.api.Labels;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Grey images of 28x28 pixels in the middle of a black square.
 *
 * @param images a header and then the bytes of all images, row by row
 * @param size number of images
 * @param labels their classes, where known
 * @param side height and width of the square in pixels
 */
record PaddedImages(DataFile images, int size, Optional<Labels> labels, int side)
    implements Examples {

  private static final float BLACK = -1;
  private static final int HEADER = 4 * Integer.BYTES;

  @Override
  public DataShape shape() {
    return DataShape.image(1, side, side);
  }

  @Override
  public void read(int index, float[] out, int offset) throws IOException {
    Objects.checkIndex(index, size);
    byte[] pixels = new byte[IdxSet.SIDE * IdxSet.SIDE];
    images.read(HEADER + (long) index * pixels.length, pixels);
    Arrays.fill(out, offset, offset + side * side, BLACK);
    int margin = (side - IdxSet.SIDE) / 2;
    for (int row = 0; row < IdxSet.SIDE; row++) {
      Pixels.scale(
          pixels, row * IdxSet.SIDE, out, offset + (margin + row) * side + margin, IdxSet.SIDE);
    }
  }

  @Override
  public void close() throws IOException {
    images.close();
  }
}
