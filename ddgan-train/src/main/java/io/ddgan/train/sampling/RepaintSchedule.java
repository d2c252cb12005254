package io.ddgan.train.sampling;

import io.ddgan.api.RefusedException;
import java.util.stream.IntStream;

/**
 * The repetition of sampler steps in inpainting, which harmonises the generated part with the known
 * one. After some steps, examples are diffused back by as many, which then run again (Lugmayr et
 * al., 2022, section 4.2).
 *
 * @param times number of times each step runs, r in the paper; 1 for no repetition
 * @param jumpLength number of steps repeated together, j in the paper
 */
public record RepaintSchedule(int times, int jumpLength) {

  /** Maximum of {@code times}; the paper uses 10. */
  public static final int MOST = 100;

  /** Checks the ranges. */
  public RepaintSchedule {
    if (times < 1 || times > MOST || jumpLength < 1) {
      throw new RefusedException(
          "steps can run 1 to %d times, with a jump length of at least 1; got %d times and a jump length of %d"
              .formatted(MOST, times, jumpLength));
    }
  }

  /**
   * Returns the order in which to run the sampler steps. It jumps back wherever the number of
   * remaining steps, without the last, is a multiple of the jump length, but not at the end.
   *
   * @param evaluations number of sampler steps
   * @throws RefusedException if the jump length is not smaller than that
   */
  int[] order(int evaluations) {
    if (times > 1 && jumpLength >= evaluations) {
      throw new RefusedException(
          evaluations == 1
              ? "a sampler of one step has no steps to repeat; leave out --resample"
              : "--jump-length must be at most %,d for a sampler of %,d steps; got %,d"
                  .formatted(evaluations - 1, evaluations, jumpLength));
    }
    int[] repetitions = new int[evaluations];
    for (int position = evaluations - 1; position >= jumpLength; position -= jumpLength) {
      repetitions[position] = times - 1;
    }
    IntStream.Builder order = IntStream.builder();
    int position = 0;
    while (position < evaluations) {
      order.add(position++);
      if (position < evaluations && repetitions[position] > 0) {
        repetitions[position]--;
        position -= jumpLength;
      }
    }
    return order.build().toArray();
  }
}
