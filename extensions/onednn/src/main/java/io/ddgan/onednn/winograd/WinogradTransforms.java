package io.ddgan.onednn.winograd;

import io.ddgan.onednn.convolution.ConvolutionShape;
import io.ddgan.onednn.runtime.NativeFloats;
import io.ddgan.onednn.runtime.VectorLoops;
import java.nio.ByteBuffer;
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
public final class WinogradTransforms {

  static final int L = VectorLoops.LANES.length();

  static final long V = VectorLoops.BYTES;

  /** How many numbers of a tile products are made of. */
  public static final int POINTS = 36;

  /** Numbers between the halves. */
  public static final int BETWEEN = POINTS * Tiling.TOGETHER * L;

  /** Pixels of a tile of the output. */
  static final int PIXELS = Tiling.SIDE * Tiling.SIDE;

  /** Rows and columns of the input that a tile of the output depends on. */
  private static final int SEEN = Tiling.SIDE + 2;

  /** In place of pixels beyond the border of a map. */
  private static final NativeFloats ZEROS =
      new NativeFloats(ByteBuffer.allocateDirect(VectorLoops.LANES.vectorByteSize()));

  private WinogradTransforms() {}

  /** Whether maps can be divided into tiles. */
  static boolean divides(ConvolutionShape g) {
    return g.height() % Tiling.SIDE == 0 && g.width() % Tiling.SIDE == 0;
  }

  /** Number of tiles of all maps. */
  static int tiles(ConvolutionShape g) {
    return (int) (g.examples() * g.height() * g.width() / PIXELS);
  }

  /** Maps of a convolution's size in tiles. */
  static Tiling tiling(ConvolutionShape g, int channels) {
    return new Tiling((int) g.height(), (int) g.width(), channels);
  }

  /**
   * Input of the tiles into products' factors.
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

  /** Fails unless there is memory for all numbers of a tile that products are made of, or are. */
  private static void requirePoints(TransformedTiles factors, int first, Tiling t) {
    factors
        .numbers()
        .requireVectors(first, first + (POINTS - 1) * factors.step() + t.lastChannel());
  }

  /** A column beyond the border of a map; a loop that is compiled by itself, as all columns. */
  private static void borderColumns(int column, int vectors, NativeFloats f) {
    for (int row = 0; row < SEEN; row++) {
      long first = f.place((SEEN * row + column) * vectors * L);
      for (int i = 0; i < vectors; i++) {
        f.storeTo(first + i * V, FloatVector.zero(VectorLoops.LANES));
      }
    }
  }

  /** Products into the tiles of the output, plus a bias. */
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

  /** Fails unless there is memory for all channels of a tile's pixels. */
  private static void requireTile(NativeFloats maps, int corner, int row, Tiling t) {
    maps.requireVectors(
        corner, corner + (Tiling.SIDE - 1) * (row + t.channels()) + t.lastChannel());
  }

  /** Gradients of the output's tiles into factors of the products that weights' gradients are. */
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
   * Weights {@code [3, 3, n]} into factors {@code [points, n]}, from one position to another.
   *
   * @param isFlipped whether the kernel is turned by half a turn, as an input's gradient needs it
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

  /** Products {@code [points, n]} into the gradient of weights {@code [3, 3, n]}. */
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
