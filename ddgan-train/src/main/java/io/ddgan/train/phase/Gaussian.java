package io.ddgan.train.phase;

import java.util.random.RandomGenerator;

/** Standard normal numbers. */
public final class Gaussian {

  private Gaussian() {}

  /** Draws the next numbers of a stream. */
  public static float[] draw(RandomGenerator stream, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) stream.nextGaussian();
    }
    return values;
  }
}
