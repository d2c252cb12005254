package io.ddgan.internal.graph;

import io.ddgan.api.RefusedException;
import java.util.random.RandomGenerator;

/**
 * One use of dropout in a graph.
 *
 * @param input name of the input for the mask
 * @param rate fraction of the elements set to zero, in [0, 1)
 */
record Dropout(String input, int size, double rate) {

  Dropout {
    checkRate(rate);
  }

  static void checkRate(double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new RefusedException("the dropout rate must be at least 0 and below 1; got " + rate);
    }
  }

  /** Draws a mask: 0 for dropped elements, 1 / (1 - rate) for the others. */
  float[] mask(RandomGenerator random) {
    float kept = (float) (1 / (1 - rate));
    float[] mask = new float[size];
    for (int i = 0; i < size; i++) {
      mask[i] = random.nextDouble() < rate ? 0 : kept;
    }
    return mask;
  }
}
