package io.ddgan.internal.weights;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * The layout of an array in a flat buffer.
 *
 * @param shape sizes of the dimensions
 * @param steps distance of neighbours along each dimension in elements; 0 repeats an element
 */
record Strides(List<Long> shape, List<Long> steps, long elements) {

  static final int MAX_DIMENSIONS = 64;

  /** Checks a shape and its strides. */
  static Strides of(List<Long> shape, List<Long> steps) throws UnreadableException {
    boolean possible =
        shape.size() <= MAX_DIMENSIONS
            && shape.size() == steps.size()
            && shape.stream().allMatch(size -> size >= 0)
            && steps.stream().allMatch(step -> step >= 0);
    if (!possible) {
      throw UnreadableException.damaged("an array has an invalid shape or invalid strides");
    }
    try {
      long elements = shape.stream().reduce(1L, Math::multiplyExact);
      return new Strides(List.copyOf(shape), List.copyOf(steps), elements);
    } catch (ArithmeticException e) {
      throw new UnreadableException("is damaged: an array has the invalid shape " + shape, e);
    }
  }

  /**
   * Returns the strides of a contiguous array; with {@code columns}, the first axis varies fastest.
   */
  static Strides dense(List<Long> shape, boolean columns) throws UnreadableException {
    long elements = of(shape, shape).elements(); // fails on overflow
    Long[] steps = new Long[shape.size()];
    long step = Math.min(1, elements);
    for (int i = 0; i < steps.length; i++) {
      int dimension = columns ? i : steps.length - 1 - i;
      steps[dimension] = step;
      step *= shape.get(dimension);
    }
    return new Strides(List.copyOf(shape), List.of(steps), elements);
  }

  /** Returns the number of elements, which has to fit in a Java array. */
  static int length(long elements) throws UnreadableException {
    if (elements > Integer.MAX_VALUE - Long.BYTES) {
      throw new UnreadableException(
          "has an array of %,d elements, which is too large".formatted(elements));
    }
    return (int) elements;
  }

  /** Checks that the array is within its storage. */
  void requireWithin(long offset, long available) throws UnreadableException {
    boolean within;
    try {
      long end = offset;
      for (int i = 0; i < shape.size() && elements > 0; i++) {
        end = Math.addExact(end, Math.multiplyExact(shape.get(i) - 1, steps.get(i)));
      }
      within = offset >= 0 && (elements == 0 ? offset <= available : end < available);
    } catch (ArithmeticException e) {
      within = false;
    }
    if (!within) {
      throw UnreadableException.damaged(
          "an array of shape %s exceeds its storage".formatted(shape));
    }
  }

  /** Returns the array in row-major order: a view if it is stored so, otherwise a copy. */
  Tensor of(float[] storage, long offset) throws IOException {
    requireWithin(offset, storage.length);
    if (isRowMajor()) {
      return new Tensor(shape, FloatBuffer.wrap(storage, (int) offset, (int) elements));
    }
    float[] copy = new float[length(elements)];
    long[] index = new long[shape.size()];
    long from = offset;
    for (int to = 0; to < elements; to++) {
      copy[to] = storage[(int) from];
      for (int d = index.length - 1; d >= 0; d--) {
        from += steps.get(d);
        if (++index[d] < shape.get(d)) {
          break;
        }
        from -= steps.get(d) * shape.get(d);
        index[d] = 0;
      }
    }
    return Tensor.of(shape, copy);
  }

  private boolean isRowMajor() {
    long step = 1;
    for (int i = shape.size() - 1; i >= 0 && elements > 0; i--) {
      if (shape.get(i) != 1 && steps.get(i) != step) {
        return false;
      }
      step *= shape.get(i);
    }
    return true;
  }
}
