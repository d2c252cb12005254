package io.ddgan.onednn.winograd;

import io.ddgan.onednn.convolution.ConvolutionShape;
import io.ddgan.onednn.runtime.NativeFloats;
import io.ddgan.onednn.runtime.VectorLoops;
import java.nio.ByteBuffer;
import jdk.incubator.vector.FloatVector;

/**
 * The linear transforms of Winograd's convolutions (Lavin and Gray, 2016, "Fast algorithms for
 * convolutional neural networks", section 4), on channels-last maps. An output tile depends on two
 * more rows and columns of the input; its factors are {@code step} apart. Each transform has two
 * halves, for columns and rows, with intermediate values in the thread's own memory. Halves process
 * several vectors of channels before the next pixel, to help prefetching.
 */
public final class WinogradTransforms {

  static final int L = VectorLoops.LANES.length();

  static final long V = VectorLoops.BYTES;

  /** Number of factors of a tile. */
  public static final int POINTS = 36;

  /** Maximum elements between the halves. */
  public static final int BETWEEN = POINTS * Tiling.TOGETHER * L;

  /** Pixels of a tile of the output. */
  static final int PIXELS = Tiling.SIDE * Tiling.SIDE;

  /** Rows and columns of the input that a tile of the output depends on. */
  private static final int SEEN = Tiling.SIDE + 2;

  /** Zeros for pixels beyond the border of a map. */
  private static final NativeFloats ZEROS =
      new NativeFloats(ByteBuffer.allocateDirect(VectorLoops.LANES.vectorByteSize()));

  private WinogradTransforms() {}

  /** Returns whether maps can be divided into tiles. */
  static boolean divides(ConvolutionShape g) {
    return g.height() % Tiling.SIDE == 0 && g.width() % Tiling.SIDE == 0;
  }

  /** Returns the number of tiles of all maps. */
  static int tiles(ConvolutionShape g) {
    return (int) (g.examples() * g.height() * g.width() / PIXELS);
  }

  /** Returns the tiling of a convolution's maps. */
  static Tiling tiling(ConvolutionShape g, int channels) {
    return new Tiling((int) g.height(), (int) g.width(), channels);
  }

  /**
   * Transforms input tiles to factors.
   *
   * @param count number of tiles
   */
  public static void input(
      NativeFloats maps,
      Tiling t,
      int first,
      int count,
      TransformedTiles factors,
      NativeFloats between) {
    int step = factors.step();
    int row = t.width() * t.channels();
    for (int i = 0; i < count; i++) {
      int tile = first + i;
      int corner = t.corner(tile) - row - t.channels();
      boolean isFirst = t.isInFirstRow(tile);
      boolean isLast = t.isInLastRow(tile);
      int left = t.isInFirstColumn(tile) ? 1 : 0;
      int right = t.isInLastColumn(tile) ? SEEN - 1 : SEEN;
      maps.requireVectors(
          corner + (isFirst ? row : 0) + left * t.channels(),
          corner
              + (isLast ? SEEN - 2 : SEEN - 1) * row
              + (right - 1) * t.channels()
              + t.lastChannel());
      int to = factors.base() + i * t.channels();
      requirePoints(factors, to, t);
      for (int k = 0; k < t.runs(); k++) {
        int c = t.channel(k);
        int vectors = t.vectors(k);
        if (left == 1) {
          borderColumns(0, vectors, between);
        }
        TilesOf4.inputColumns(
            isFirst ? ZEROS : maps,
            maps,
            isLast ? ZEROS : maps,
            corner + c,
            row,
            t.channels(),
            left,
            right,
            vectors,
            between);
        if (right < SEEN) {
          borderColumns(right, vectors, between);
        }
        TilesOf4.inputRows(factors.numbers(), to + c, step, vectors, between);
      }
    }
  }

  /** Checks that there is memory for all points of a tile. */
  private static void requirePoints(TransformedTiles factors, int first, Tiling t) {
    factors
        .numbers()
        .requireVectors(first, first + (POINTS - 1) * factors.step() + t.lastChannel());
  }

  /** Computes a column beyond the border of a map; compiled separately like all columns. */
  private static void borderColumns(int column, int vectors, NativeFloats f) {
    for (int row = 0; row < SEEN; row++) {
      long first = f.place((SEEN * row + column) * vectors * L);
      for (int i = 0; i < vectors; i++) {
        f.storeTo(first + i * V, FloatVector.zero(VectorLoops.LANES));
      }
    }
  }

  /** Transforms products to output tiles and adds a bias. */
  public static void output(
      TransformedTiles products,
      NativeFloats maps,
      Tiling t,
      int first,
      int count,
      float[] bias,
      NativeFloats between) {
    int row = t.width() * t.channels();
    for (int i = 0; i < count; i++) {
      int corner = t.corner(first + i);
      int from = products.base() + i * t.channels();
      requirePoints(products, from, t);
      requireTile(maps, corner, row, t);
      for (int k = 0; k < t.runs(); k++) {
        int c = t.channel(k);
        int vectors = t.vectors(k);
        TilesOf4.outputColumns(products.numbers(), from + c, products.step(), vectors, between);
        TilesOf4.outputRows(maps, corner + c, row, t.channels(), bias, c, vectors, between);
      }
    }
  }

  /** Checks that there is memory for all channels of a tile's pixels. */
  private static void requireTile(NativeFloats maps, int corner, int row, Tiling t) {
    maps.requireVectors(
        corner, corner + (Tiling.SIDE - 1) * (row + t.channels()) + t.lastChannel());
  }

  /** Transforms gradients of output tiles to factors for the gradient of the weights. */
  public static void gradient(
      NativeFloats maps,
      Tiling t,
      int first,
      int count,
      TransformedTiles factors,
      NativeFloats between) {
    int row = t.width() * t.channels();
    for (int i = 0; i < count; i++) {
      int corner = t.corner(first + i);
      requireTile(maps, corner, row, t);
      int to = factors.base() + i * t.channels();
      requirePoints(factors, to, t);
      for (int k = 0; k < t.runs(); k++) {
        int c = t.channel(k);
        int vectors = t.vectors(k);
        TilesOf4.gradientColumns(maps, corner + c, row, t.channels(), vectors, between);
        TilesOf4.gradientRows(factors.numbers(), to + c, factors.step(), vectors, between);
      }
    }
  }

  /**
   * Transforms weights {@code [3, 3, n]} to factors {@code [points, n]}, in a range of positions.
   *
   * @param isFlipped true to rotate the kernel by 180 degrees, for the gradient of the input
   */
  public static void weights(
      NativeFloats w,
      int n,
      boolean isFlipped,
      int from,
      int to,
      TransformedTiles u,
      NativeFloats between) {
    w.requireVectors(from, 8 * n + to - L);
    requirePoints(u, from, to);
    NativeFloats factors = u.numbers();
    int base = u.base();
    int step = u.step();
    for (int p = from; p < to; p += L) {
      TilesOf4.weightColumns(w, isFlipped ? 8 * n + p : p, isFlipped ? -n : n, between);
      TilesOf4.weightRows(factors, base + p, step, between);
    }
  }

  private static void requirePoints(TransformedTiles u, int from, int to) {
    u.numbers().requireVectors(u.base() + from, u.base() + (POINTS - 1) * u.step() + to - L);
  }

  /** Transforms products {@code [points, n]} to the gradient of weights {@code [3, 3, n]}. */
  public static void weightGradient(
      TransformedTiles u, int from, int to, NativeFloats w, int n, NativeFloats between) {
    requirePoints(u, from, to);
    w.requireVectors(from, 8 * n + to - L);
    NativeFloats factors = u.numbers();
    int base = u.base();
    int step = u.step();
    for (int p = from; p < to; p += L) {
      TilesOf4.weightGradientColumns(factors, base + p, step, between);
      TilesOf4.weightGradientRows(w, p, n, between);
    }
  }
}
