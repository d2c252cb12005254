package io.ddgan.eval.metrics;

import io.ddgan.api.Vectors;
import java.io.IOException;

/** Some of many vectors. */
final class SelectedVectors implements Vectors {

  private final Vectors all;
  private final int[] chosen;

  /**
   * Selects.
   *
   * @param chosen indices of those that are selected
   */
  SelectedVectors(Vectors all, int... chosen) {
    this.all = all;
    this.chosen = chosen.clone();
  }

  @Override
  public int count() {
    return chosen.length;
  }

  @Override
  public int size() {
    return all.size();
  }

  @Override
  public void read(int first, int count, double[] out) throws IOException {
    double[] one = new double[size()];
    for (int i = 0; i < count; i++) {
      all.read(chosen[first + i], 1, one);
      System.arraycopy(one, 0, out, i * size(), size());
    }
  }
}
