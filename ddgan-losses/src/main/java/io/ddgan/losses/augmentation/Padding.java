package io.ddgan.losses.augmentation;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.ops.SDMath;

/** The padding beyond the border of an image. */
public enum Padding {
  /** Zeros, grey for images in [-1, 1]. */
  ZERO,
  /** The image, reflected at the centre of its outermost pixels. */
  REFLECT;

  /**
   * Maps indices beyond the border to pixels.
   *
   * @param index whole numbers, from {@code 1 - length} to {@code 2 length - 2}
   * @return the same within the border; beyond it, the reflected index, or the same for zeros
   */
  SDVariable of(SDVariable index, int length) {
    SDMath math = index.getSameDiff().math();
    int last = length - 1;
    return this == ZERO ? index : math.abs(math.abs(index).rsub(last)).rsub(last);
  }
}
