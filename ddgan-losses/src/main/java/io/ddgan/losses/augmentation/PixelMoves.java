package io.ddgan.losses.augmentation;

import io.ddgan.api.DataShape;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Moves rows and columns of images by products with matrices of zeros and ones. These are exact,
 * linear in the images and, unlike gathering, can differ between examples.
 */
record PixelMoves(int batch, DataShape shape) {

  /**
   * Returns images whose row i is row {@code source(i)} of the given image, or zero if there is
   * none.
   *
   * @param source whole numbers, {@code [N, height, 1]}
   */
  SDVariable rows(SDVariable x, SDVariable source) {
    int height = shape.height();
    long each = (long) shape.channels() * shape.width();
    SDVariable across = x.permute(0, 2, 1, 3).reshape(batch, height, each);
    SDVariable moved = x.getSameDiff().mmul(selection(source, height), across);
    return moved.reshape(batch, height, shape.channels(), shape.width()).permute(0, 2, 1, 3);
  }

  /**
   * Returns images whose column i is column {@code source(i)} of the given image, or zero if there
   * is none.
   *
   * @param source whole numbers, {@code [N, width, 1]}
   */
  SDVariable columns(SDVariable x, SDVariable source) {
    long each = (long) shape.channels() * shape.height();
    SDVariable across = x.reshape(batch, each, shape.width());
    SDVariable moved =
        x.getSameDiff().mmul(across, selection(source, shape.width()), false, true, false);
    return moved.reshape(shape.batch(batch));
  }

  /** 0, 1, ..., length - 1 for each example, {@code [1, length, 1]}. */
  static SDVariable indices(SDVariable like, int length) {
    return Integers.range(like, length, 1, length, 1);
  }

  /** Reshapes a number per example like indices, {@code [N, 1, 1]}. */
  SDVariable each(SDVariable number) {
    return number.reshape(batch, 1, 1);
  }

  /** Returns a row per target index, {@code [N, length, length]}, with a 1 at its source. */
  private static SDVariable selection(SDVariable source, int length) {
    return source.eq(Integers.range(source, length, 1, 1, length)).castTo(source.dataType());
  }
}
