package io.ddgan.train.phase;

import java.util.Objects;

/** Classes as networks are given them. */
final class OneHot {

  private OneHot() {}

  /** A row of zeros with a 1 at the class for each example, {@code [N, classes]}. */
  static float[] rows(int[] labels, int classes) {
    float[] rows = new float[Math.multiplyExact(labels.length, classes)];
    for (int i = 0; i < labels.length; i++) {
      rows[i * classes + Objects.checkIndex(labels[i], classes)] = 1;
    }
    return rows;
  }
}
