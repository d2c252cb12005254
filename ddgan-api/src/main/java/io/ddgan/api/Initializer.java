package io.ddgan.api;

import java.util.random.RandomGenerator;

/** Where a parameter's first values come from: a function of its shape and a stream of its own. */
@FunctionalInterface
public interface Initializer {

  /**
   * Draws the first values of a parameter of a shape as PyTorch stores it, row by row, from the
   * parameter's own random stream.
   */
  float[] values(long[] shape, RandomGenerator random);
}
