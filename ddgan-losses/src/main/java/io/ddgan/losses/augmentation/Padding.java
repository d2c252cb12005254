package io.ddgan.losses.augmentation;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.ops.SDMath;

/** What is seen beyond the border of an image. */
public enum Padding {
  /** Zeros, which are grey in images of [-1, 1]. */
  ZERO,
  /** The image itself, mirrored at the middle of its outermost pixels. */
  REFLECT;

  /**
   * The pixels that are seen at some places.
   *
   * @param index whole numbers, from {@code 1 - length} to {@code 2 length - 2}
   * @return the same, those beyond the border being others only if something is seen there
   */
  SDVariable of(SDVariable index, int length) {
    SDMath math = index.getSameDiff().math();
    int last = length - 1;
    return this == ZERO ? index : math.abs(math.abs(index).rsub(last)).rsub(last);
  }
}
