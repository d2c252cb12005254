package io.ddgan.api;

import java.util.random.RandomGenerator;

/** Initial values of a parameter: a function of its shape and its random stream. */
@FunctionalInterface
public interface Initializer {

  /**
   * Draws the initial values of a parameter from its random stream, row by row, in the shape in
   * which PyTorch stores it.
   */
  float[] values(long[] shape, RandomGenerator random);
}
