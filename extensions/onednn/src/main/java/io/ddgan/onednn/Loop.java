package io.ddgan.onednn;

/** Something computed of single numbers, on arrays whose length is a multiple of the lanes. */
interface Loop {

  /**
   * Computes it.
   *
   * @param x first arguments
   * @param y second arguments, where it has two
   * @param z third arguments, where it has three
   * @param to results
   * @param n how many, a multiple of the lanes
   * @param a the first constant, where it has one
   * @param b the second constant, where it has two
   */
  void applyLanes(float[] x, float[] y, float[] z, float[] to, int n, float a, float b);
}
