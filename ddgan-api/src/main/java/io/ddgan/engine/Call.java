package io.ddgan.engine;

import java.util.List;

/** A call in a plan: reads values and writes others. */
public interface Call {

  /** Name of the operation, such as {@code conv2d}; profiles are grouped by it. */
  String name();

  /** The values it reads. */
  List<Value> inputs();

  /** The values it writes. */
  List<Value> outputs();

  /** Returns a kernel that runs the call repeatedly. All of its values have memory by then. */
  Kernel bind();

  /** Number of multiplications and additions of a direct convolution; 0 for other operations. */
  default double operations() {
    return 0;
  }

  /** Returns an input. */
  default Value input(int index) {
    return inputs().get(index);
  }

  /** Returns the first output. */
  default Value output() {
    return outputs().get(0);
  }
}
