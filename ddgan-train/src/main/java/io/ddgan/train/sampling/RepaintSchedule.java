package io.ddgan.train.sampling;

import io.ddgan.api.RefusedException;
import java.util.stream.IntStream;

/**
 * How often the steps of inpainting are repeated, so that what is made comes to suit what is kept:
 * after some steps the examples are diffused back as many, and these are done again (Lugmayr et
 * al., 2022, section 4.2).
 *
 * @param times how often each step is done, r in the paper; 1 for no repetition
 * @param jumpLength how many steps are repeated at a time, j in the paper
 */
public record RepaintSchedule(int times, int jumpLength) {

  /** Times that a step can be done at most; the paper does it 10 times. */
  public static final int MOST = 100;

  /** Checks the ranges. */
  public RepaintSchedule {
    if (times < 1 || times > MOST || jumpLength < 1) {
      throw new RefusedException(
          "a step is done 1 to %d times, in jumps of at least 1, not %d times in jumps of %d"
              .formatted(MOST, times, jumpLength));
    }
  }

  /**
   * The order in which the evaluations of a path are done. Examples go back from where the number
   * of evaluations that are left, without the last, is a multiple of the jump; nothing goes back
   * from the end.
   *
   * @param evaluations length of the path
   * @throws RefusedException if a jump is longer than the path
   */
  int[] order(int evaluations) {
    if (times > 1 && jumpLength >= evaluations) {
      throw new RefusedException(
          "a path of %,d evaluations cannot be repeated %,d at a time; use a --jump-length of at most %,d"
              .formatted(evaluations, jumpLength, evaluations - 1));
    }
    int[] left = new int[evaluations];
    for (int place = evaluations - 1; place >= jumpLength; place -= jumpLength) {
      left[place] = times - 1;
    }
    IntStream.Builder order = IntStream.builder();
    int place = 0;
    while (place < evaluations) {
      order.add(place++);
      if (place < evaluations && left[place] > 0) {
        left[place]--;
        place -= jumpLength;
      }
    }
    return order.build().toArray();
  }
}
