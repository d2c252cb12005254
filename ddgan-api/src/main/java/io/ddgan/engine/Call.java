package io.ddgan.engine;

import java.util.List;

/** A step of a plan: it reads values and writes others. */
public interface Call {

  /** What it does, such as {@code conv2d}; profiles are sorted by it. */
  String name();

  /** The values that it reads. */
  List<Value> inputs();

  /** The values that it writes. */
  List<Value> outputs();

  /** Prepares the call to be run again and again, when all of its values have their memory. */
  Kernel bind();

  /**
   * Multiplications and additions of a convolution, counted one by one as if it were a direct one;
   * 0 for all else.
   */
  default double operations() {
    return 0;
  }

  /** A value that it reads. */
  default Value input(int index) {
    return inputs().get(index);
  }

  /** The first of the values that it writes. */
  default Value output() {
    return outputs().get(0);
  }
}
