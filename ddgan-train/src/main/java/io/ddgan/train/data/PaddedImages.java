package io.ddgan.train.data;

import io.ddgan.api.DataShape;
import io.ddgan.api.Examples;
import java.util.Arrays;
import java.util.Objects;

/** Grey images in the middle of a black square. */
record PaddedImages(IdxImages images, int side) implements Examples {

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
  public void read(int index, float[] out, int offset) {
    Objects.checkIndex(index, size());
    Arrays.fill(out, offset, offset + side * side, BLACK);
    int top = (side - images.height()) / 2;
    int left = (side - images.width()) / 2;
    for (int row = 0; row < images.height(); row++) {
      int start = offset + (top + row) * side + left;
      for (int column = 0; column < images.width(); column++) {
        out[start + column] = images.pixel(index, row, column) / 127.5f - 1;
      }
    }
  }
}
