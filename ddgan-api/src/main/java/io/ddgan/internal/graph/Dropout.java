package io.ddgan.internal.graph;

import io.ddgan.api.RefusedException;
import java.util.random.RandomGenerator;

/**
 * One place in a graph where dropout acts.
 *
 * @param input name of the input that takes the mask
 * @param rate share of the elements that are set to zero, in [0, 1)
 */
record Dropout(String input, int size, double rate) {

  Dropout {
    checkRate(rate);
  }

  static void checkRate(double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new RefusedException("a dropout rate is at least 0 and below 1, not " + rate);
    }
  }

  /** Draws what the elements are multiplied by: 0, or what keeps their mean. */
  float[] mask(RandomGenerator random) {
    float kept = (float) (1 / (1 - rate));
    float[] mask = new float[size];
    for (int i = 0; i < size; i++) {
      mask[i] = random.nextDouble() < rate ? 0 : kept;
    }
    return mask;
  }
}
