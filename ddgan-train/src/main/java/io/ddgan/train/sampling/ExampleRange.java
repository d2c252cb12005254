package io.ddgan.train.sampling;

import io.ddgan.api.RefusedException;
import java.util.ArrayList;
import java.util.List;

/** Consecutive examples. */
public record ExampleRange(int first, int count) {

  /** Checks that no number overflows. */
  public ExampleRange {
    if (first < 0 || count < 0 || first > Integer.MAX_VALUE - count) {
      throw new RefusedException(
          "there are no %,d examples from example %,d on".formatted(count, first));
    }
  }

  /** The number after the last one. */
  public int end() {
    return first + count;
  }

  /**
   * Cuts the first examples into ranges of about the same length. All ranges but the last are
   * multiples of a step: what is computed at a time in one piece is computed at a time in parts,
   * too, and has the same bits.
   *
   * @param total how many examples, at least 1
   * @param parts how many ranges there are at most
   * @param step examples that are computed at a time
   */
  public static List<ExampleRange> cut(int total, int parts, int step) {
    int steps = (int) (((long) total + step - 1) / step);
    int count = Math.min(parts, steps);
    List<ExampleRange> ranges = new ArrayList<>();
    int first = 0;
    for (int part = 1; part <= count; part++) {
      int end = (int) Math.min(total, (long) steps * part / count * step);
      ranges.add(new ExampleRange(first, end - first));
      first = end;
    }
    return ranges;
  }
}
