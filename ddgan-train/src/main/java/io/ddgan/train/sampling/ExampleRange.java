package io.ddgan.train.sampling;

import io.ddgan.api.RefusedException;
import java.util.ArrayList;
import java.util.List;

/** A range of consecutive examples. */
public record ExampleRange(int first, int count) {

  /** Checks that no index overflows. */
  public ExampleRange {
    if (first < 0 || count < 0 || first > Integer.MAX_VALUE - count) {
      throw new RefusedException(
          "%,d examples from example %,d pass the largest index, 2,147,483,646; use a smaller offset or count"
              .formatted(count, first));
    }
  }

  /** Returns the index after the last example. */
  public int end() {
    return first + count;
  }

  /**
   * Splits the first examples into ranges of about the same length. All but the last are multiples
   * of the step, so the examples are batched as without splitting and keep their bits.
   *
   * @param total number of examples, at least 1
   * @param parts maximum number of ranges
   * @param step number of examples that are computed together
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
