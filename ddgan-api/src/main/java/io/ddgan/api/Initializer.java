package io.ddgan.api;

import java.util.random.RandomGenerator;

/** Where a parameter's first values come from: a function of its shape and a stream of its own. */
@FunctionalInterface
public interface Initializer {

  /**
   * Draws the first values.
   *
   * @param shape shape of the parameter, as PyTorch stores it
   * @param random the parameter's own random stream
   * @return the values, row by row
   */
  float[] values(long[] shape, RandomGenerator random);
}
