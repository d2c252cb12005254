package io.ddgan.onednn.elementwise;

import io.ddgan.onednn.runtime.Piece;

/** Something computed of single numbers. */
public interface Loop {

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
  void applyLanes(Piece x, Piece y, Piece z, Piece to, int n, float a, float b);
}
