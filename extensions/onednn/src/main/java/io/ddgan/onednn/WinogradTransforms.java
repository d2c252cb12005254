package io.ddgan.onednn;

import jdk.incubator.vector.FloatVector;

/**
 * The linear maps of Winograd's convolutions (Lavin and Gray, 2016, "Fast algorithms for
 * convolutional neural networks", section 4), on maps with the channels last. A tile of the output
 * depends on two rows and columns more of the input, and so many are the numbers of a tile, {@code
 * step} apart, that products are made of. Each map is made in two halves, of columns and of rows,
 * with what is between in memory of the thread's own. Halves go through some vectors of
 * neighbouring channels before they come to the next pixel, so that the processor foresees what is
 * read.
 */
abstract class WinogradTransforms {

  static final int L = VectorLoops.LANES.length();

  static final long V = VectorLoops.BYTES;

  /** Numbers between the halves, of the largest tiles. */
  static final int BETWEEN = 36 * Tiling.TOGETHER * L;

  private final int side;
  private final int seen;
  private final int points;

  /**
   * Maps of tiles.
   *
   * @param side rows and columns of a tile of the output
   */
  WinogradTransforms(int side) {
    this.side = side;
    this.seen = side + 2;
    this.points = seen * seen;
  }

  /** How many numbers of a tile products are made of. */
  final int points() {
    return points;
  }

  /** Pixels of a tile of the output. */
  final int pixels() {
    return side * side;
  }

  /** Whether maps can be divided into tiles. */
  final boolean divides(Geometry g) {
    return g.height() % side == 0 && g.width() % side == 0;
  }

  /** Number of tiles of all maps. */
  final int tiles(Geometry g) {
    return (int) (g.examples() * g.height() * g.width() / pixels());
  }

  /** Maps of a convolution's size in tiles. */
  final Tiling tiling(Geometry g, int channels) {
    return new Tiling(side, (int) g.height(), (int) g.width(), channels);
  }

  /**
   * Input of the tiles into products' factors.
   *
   * @param zeros as many as lanes, in place of pixels beyond the border of a map
   */
  final void input(
      Numbers maps,
      Tiling t,
      int first,
      int count,
      Numbers factors,
      int base,
      int step,
      Numbers zeros,
      Numbers between) {
    int row = t.width() * t.channels();
    for (int i = 0; i < count; i++) {
      int tile = first + i;
      int corner = t.corner(tile) - row - t.channels();
      boolean isFirst = t.isInFirstRow(tile);
      boolean isLast = t.isInLastRow(tile);
      int left = t.isInFirstColumn(tile) ? 1 : 0;
      int right = t.isInLastColumn(tile) ? seen - 1 : seen;
      maps.requireVectors(
          corner + (isFirst ? row : 0) + left * t.channels(),
          corner
              + (isLast ? seen - 2 : seen - 1) * row
              + (right - 1) * t.channels()
              + t.lastChannel());
      requirePoints(factors, base + i * t.channels(), step, t);
      for (int k = 0; k < t.runs(); k++) {
        int c = t.channel(k);
        int vectors = t.vectors(k);
        if (left == 1) {
          borderColumns(0, vectors, between);
        }
        inputColumns(
            isFirst ? zeros : maps,
            maps,
            isLast ? zeros : maps,
            corner + c,
            row,
            t.channels(),
            left,
            right,
            vectors,
            between);
        if (right < seen) {
          borderColumns(right, vectors, between);
        }
        inputRows(factors, base + i * t.channels() + c, step, vectors, between);
      }
    }
  }

  /** Fails unless there is memory for all numbers of a tile that products are made of, or are. */
  private void requirePoints(Numbers factors, int first, int step, Tiling t) {
    factors.requireVectors(first, first + (points - 1) * step + t.lastChannel());
  }

  /** A column beyond the border of a map; a loop that is compiled by itself, as all columns. */
  private void borderColumns(int column, int vectors, Numbers f) {
    for (int row = 0; row < seen; row++) {
      long first = f.place((seen * row + column) * vectors * L);
      for (int i = 0; i < vectors; i++) {
        f.storeTo(first + i * V, FloatVector.zero(VectorLoops.LANES));
      }
    }
  }

  /** Products into the tiles of the output, plus a bias. */
  final void output(
      Numbers products,
      int base,
      int step,
      Numbers maps,
      Tiling t,
      int first,
      int count,
      float[] bias,
      Numbers between) {
    int row = t.width() * t.channels();
    for (int i = 0; i < count; i++) {
      int corner = t.corner(first + i);
      requirePoints(products, base + i * t.channels(), step, t);
      requireTile(maps, corner, row, t);
      for (int k = 0; k < t.runs(); k++) {
        int c = t.channel(k);
        int vectors = t.vectors(k);
        outputColumns(products, base + i * t.channels() + c, step, vectors, between);
        outputRows(maps, corner + c, row, t.channels(), bias, c, vectors, between);
      }
    }
  }

  /** Fails unless there is memory for all channels of a tile's pixels. */
  private void requireTile(Numbers maps, int corner, int row, Tiling t) {
    maps.requireVectors(corner, corner + (side - 1) * (row + t.channels()) + t.lastChannel());
  }

  /** Gradients of the output's tiles into factors of the products that weights' gradients are. */
  final void gradient(
      Numbers maps,
      Tiling t,
      int first,
      int count,
      Numbers factors,
      int base,
      int step,
      Numbers between) {
    int row = t.width() * t.channels();
    for (int i = 0; i < count; i++) {
      int corner = t.corner(first + i);
      requireTile(maps, corner, row, t);
      requirePoints(factors, base + i * t.channels(), step, t);
      for (int k = 0; k < t.runs(); k++) {
        int c = t.channel(k);
        int vectors = t.vectors(k);
        gradientColumns(maps, corner + c, row, t.channels(), vectors, between);
        gradientRows(factors, base + i * t.channels() + c, step, vectors, between);
      }
    }
  }

  /**
   * Weights {@code [3, 3, n]} into factors {@code [points, n]}, from one position to another.
   *
   * @param isFlipped whether the kernel is turned by half a turn, as an input's gradient needs it
   */
  final void weights(
      Numbers w,
      int n,
      boolean isFlipped,
      int from,
      int to,
      Numbers u,
      int base,
      int step,
      Numbers between) {
    w.requireVectors(from, 8 * n + to - L);
    u.requireVectors(base + from, base + (points - 1) * step + to - L);
    for (int p = from; p < to; p += L) {
      weightColumns(w, isFlipped ? 8 * n + p : p, isFlipped ? -n : n, between);
      weightRows(u, base + p, step, between);
    }
  }

  /** Products {@code [points, n]} into the gradient of weights {@code [3, 3, n]}. */
  final void weightGradient(
      Numbers u, int base, int step, int from, int to, Numbers w, int n, Numbers between) {
    u.requireVectors(base + from, base + (points - 1) * step + to - L);
    w.requireVectors(from, 8 * n + to - L);
    for (int p = from; p < to; p += L) {
      weightGradientColumns(u, base + p, step, between);
      weightGradientRows(w, p, n, between);
    }
  }

  // The halves of the maps, of a run of vectors of one tile, or of one vector of weights; what is
  // between them is in f, [points, vectors] or fewer. Each is compiled by itself.

  abstract void inputColumns(
      Numbers above,
      Numbers x,
      Numbers below,
      int base,
      int row,
      int pixel,
      int left,
      int right,
      int vectors,
      Numbers f);

  abstract void inputRows(Numbers v, int base, int step, int vectors, Numbers f);

  abstract void outputColumns(Numbers m, int base, int step, int vectors, Numbers f);

  abstract void outputRows(
      Numbers y, int base, int row, int pixel, float[] bias, int c, int vectors, Numbers f);

  abstract void gradientColumns(Numbers y, int base, int row, int pixel, int vectors, Numbers f);

  abstract void gradientRows(Numbers m, int base, int step, int vectors, Numbers f);

  abstract void weightColumns(Numbers w, int base, int n, Numbers f);

  abstract void weightRows(Numbers u, int base, int step, Numbers f);

  abstract void weightGradientColumns(Numbers u, int base, int step, Numbers f);

  abstract void weightGradientRows(Numbers w, int base, int n, Numbers f);
}
