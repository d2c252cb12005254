package io.ddgan.onednn;

import jdk.incubator.vector.FloatVector;

/**
 * The linear maps of Winograd's F(4x4, 3x3) (Lavin and Gray, 2016, "Fast algorithms for
 * convolutional neural networks", section 4.3), on maps with the channels last. A tile is 4x4
 * pixels of the output; it depends on 6x6 of the input. The 36 numbers of a tile that products are
 * made of lie {@code step} apart. Each map is made in two halves, of columns and of rows, with what
 * is between in an array on the heap.
 */
final class WinogradTransforms {

  static final int TILE = 4;
  static final int POINTS = 36;

  private static final int L = VectorLoops.LANES.length();

  /** Numbers of a thread's array between the halves. */
  static final int BETWEEN = POINTS * L;

  private WinogradTransforms() {}

  /**
   * The shape of maps in tiles.
   *
   * @param height rows of pixels, a multiple of 4
   * @param width columns of pixels, a multiple of 4
   * @param channels at least as many as lanes
   */
  record Tiling(int height, int width, int channels) {

    /** How many vectors the channels of a pixel are. */
    int vectors() {
      return (channels + L - 1) / L;
    }

    /** The first channel of a vector. The last overlaps the one before where channels are left. */
    int channel(int vector) {
      return Math.min(vector * L, channels - L);
    }

    int across() {
      return width / TILE;
    }

    int perExample() {
      return height / TILE * across();
    }

    /** Position of the first number of a tile's upper left pixel. */
    int corner(int tile) {
      int example = tile / perExample();
      int row = TILE * (tile % perExample() / across());
      int column = TILE * (tile % across());
      return ((example * height + row) * width + column) * channels;
    }

    boolean isInFirstRow(int tile) {
      return tile % perExample() < across();
    }

    boolean isInLastRow(int tile) {
      return tile % perExample() >= perExample() - across();
    }

    boolean isInFirstColumn(int tile) {
      return tile % across() == 0;
    }

    boolean isInLastColumn(int tile) {
      return tile % across() == across() - 1;
    }
  }

  private static FloatVector at(float[] from, int position) {
    return FloatVector.fromArray(VectorLoops.LANES, from, position);
  }

  /**
   * Input of the tiles into products' factors.
   *
   * @param zeros as many as lanes, in place of pixels beyond the border of a map
   */
  static void input(
      Numbers maps,
      Tiling t,
      int first,
      int count,
      Numbers factors,
      int base,
      int step,
      Numbers zeros,
      float[] between) {
    int row = t.width * t.channels;
    for (int i = 0; i < count; i++) {
      int tile = first + i;
      int corner = t.corner(tile) - row - t.channels;
      Numbers above = t.isInFirstRow(tile) ? zeros : maps;
      Numbers below = t.isInLastRow(tile) ? zeros : maps;
      int left = t.isInFirstColumn(tile) ? 1 : 0;
      int right = t.isInLastColumn(tile) ? 5 : 6;
      for (int k = 0; k < t.vectors(); k++) {
        int c = t.channel(k);
        if (left == 1) {
          zeroColumn(0, between);
        }
        inputColumns(above, maps, below, corner + c, row, t.channels, left, right, between);
        if (right == 5) {
          zeroColumn(5, between);
        }
        inputRows(factors, base + i * t.channels + c, step, between);
      }
    }
  }

  private static void zeroColumn(int column, float[] f) {
    for (int i = column * L; i < POINTS * L; i += 6 * L) {
      FloatVector.zero(VectorLoops.LANES).intoArray(f, i);
    }
  }

  private static void inputColumns(
      Numbers above,
      Numbers x,
      Numbers below,
      int base,
      int row,
      int pixel,
      int left,
      int right,
      float[] f) {
    for (int j = left; j < right; j++) {
      int p = base + j * pixel;
      FloatVector d0 = above.load(above == x ? p : 0);
      FloatVector d1 = x.load(p + row);
      FloatVector d2 = x.load(p + 2 * row);
      FloatVector d3 = x.load(p + 3 * row);
      FloatVector d4 = x.load(p + 4 * row);
      FloatVector d5 = below.load(below == x ? p + 5 * row : 0);
      int at = j * L;
      d0.mul(4f).sub(d2.mul(5f)).add(d4).intoArray(f, at);
      FloatVector a = d4.sub(d2.mul(4f));
      FloatVector b = d3.sub(d1.mul(4f));
      a.add(b).intoArray(f, at + 6 * L);
      a.sub(b).intoArray(f, at + 12 * L);
      FloatVector e = d4.sub(d2);
      FloatVector g = d3.sub(d1).mul(2f);
      e.add(g).intoArray(f, at + 18 * L);
      e.sub(g).intoArray(f, at + 24 * L);
      d1.mul(4f).sub(d3.mul(5f)).add(d5).intoArray(f, at + 30 * L);
    }
  }

  private static void inputRows(Numbers v, int base, int step, float[] f) {
    for (int i = 0, p = base; i < POINTS * L; i += 6 * L, p += 6 * step) {
      FloatVector d0 = at(f, i);
      FloatVector d1 = at(f, i + L);
      FloatVector d2 = at(f, i + 2 * L);
      FloatVector d3 = at(f, i + 3 * L);
      FloatVector d4 = at(f, i + 4 * L);
      FloatVector d5 = at(f, i + 5 * L);
      v.store(p, d0.mul(4f).sub(d2.mul(5f)).add(d4));
      FloatVector a = d4.sub(d2.mul(4f));
      FloatVector b = d3.sub(d1.mul(4f));
      v.store(p + step, a.add(b));
      v.store(p + 2 * step, a.sub(b));
      FloatVector e = d4.sub(d2);
      FloatVector g = d3.sub(d1).mul(2f);
      v.store(p + 3 * step, e.add(g));
      v.store(p + 4 * step, e.sub(g));
      v.store(p + 5 * step, d1.mul(4f).sub(d3.mul(5f)).add(d5));
    }
  }

  /** Products into the tiles of the output, plus a bias. */
  static void output(
      Numbers products,
      int base,
      int step,
      Numbers maps,
      Tiling t,
      int first,
      int count,
      float[] bias,
      float[] between) {
    int row = t.width * t.channels;
    for (int i = 0; i < count; i++) {
      int corner = t.corner(first + i);
      for (int k = 0; k < t.vectors(); k++) {
        int c = t.channel(k);
        outputColumns(products, base + i * t.channels + c, step, between);
        outputRows(maps, corner + c, row, t.channels, bias, c, between);
      }
    }
  }

  private static void outputColumns(Numbers m, int base, int step, float[] f) {
    for (int j = 0, p = base; j < 6 * L; j += L, p += step) {
      FloatVector m0 = m.load(p);
      FloatVector m1 = m.load(p + 6 * step);
      FloatVector m2 = m.load(p + 12 * step);
      FloatVector m3 = m.load(p + 18 * step);
      FloatVector m4 = m.load(p + 24 * step);
      FloatVector m5 = m.load(p + 30 * step);
      FloatVector a = m1.add(m2);
      FloatVector b = m1.sub(m2);
      FloatVector e = m3.add(m4);
      FloatVector g = m3.sub(m4);
      m0.add(a).add(e).intoArray(f, j);
      b.add(g.mul(2f)).intoArray(f, j + 6 * L);
      a.add(e.mul(4f)).intoArray(f, j + 12 * L);
      b.add(g.mul(8f)).add(m5).intoArray(f, j + 18 * L);
    }
  }

  private static void outputRows(
      Numbers y, int base, int row, int pixel, float[] bias, int c, float[] f) {
    FloatVector constant = at(bias, c);
    for (int i = 0, p = base; i < 24 * L; i += 6 * L, p += row) {
      FloatVector m0 = at(f, i);
      FloatVector m1 = at(f, i + L);
      FloatVector m2 = at(f, i + 2 * L);
      FloatVector m3 = at(f, i + 3 * L);
      FloatVector m4 = at(f, i + 4 * L);
      FloatVector m5 = at(f, i + 5 * L);
      FloatVector a = m1.add(m2);
      FloatVector b = m1.sub(m2);
      FloatVector e = m3.add(m4);
      FloatVector g = m3.sub(m4);
      y.store(p, m0.add(a).add(e).add(constant));
      y.store(p + pixel, b.add(g.mul(2f)).add(constant));
      y.store(p + 2 * pixel, a.add(e.mul(4f)).add(constant));
      y.store(p + 3 * pixel, b.add(g.mul(8f)).add(m5).add(constant));
    }
  }

  /** Gradients of the output's tiles into factors of the products that weights' gradients are. */
  static void gradient(
      Numbers maps,
      Tiling t,
      int first,
      int count,
      Numbers factors,
      int base,
      int step,
      float[] between) {
    int row = t.width * t.channels;
    for (int i = 0; i < count; i++) {
      int corner = t.corner(first + i);
      for (int k = 0; k < t.vectors(); k++) {
        int c = t.channel(k);
        gradientColumns(maps, corner + c, row, t.channels, between);
        gradientRows(factors, base + i * t.channels + c, step, between);
      }
    }
  }

  private static void gradientColumns(Numbers y, int base, int row, int pixel, float[] f) {
    for (int j = 0, p = base; j < 4 * L; j += L, p += pixel) {
      FloatVector y0 = y.load(p);
      FloatVector y1 = y.load(p + row);
      FloatVector y2 = y.load(p + 2 * row);
      FloatVector y3 = y.load(p + 3 * row);
      FloatVector e = y0.add(y2);
      FloatVector g = y1.add(y3);
      FloatVector q = y0.add(y2.mul(4f));
      FloatVector r = y1.mul(2f).add(y3.mul(8f));
      y0.intoArray(f, j);
      e.add(g).intoArray(f, j + 4 * L);
      e.sub(g).intoArray(f, j + 8 * L);
      q.add(r).intoArray(f, j + 12 * L);
      q.sub(r).intoArray(f, j + 16 * L);
      y3.intoArray(f, j + 20 * L);
    }
  }

  private static void gradientRows(Numbers m, int base, int step, float[] f) {
    for (int i = 0, p = base; i < 24 * L; i += 4 * L, p += 6 * step) {
      FloatVector y0 = at(f, i);
      FloatVector y1 = at(f, i + L);
      FloatVector y2 = at(f, i + 2 * L);
      FloatVector y3 = at(f, i + 3 * L);
      FloatVector e = y0.add(y2);
      FloatVector g = y1.add(y3);
      FloatVector q = y0.add(y2.mul(4f));
      FloatVector r = y1.mul(2f).add(y3.mul(8f));
      m.store(p, y0);
      m.store(p + step, e.add(g));
      m.store(p + 2 * step, e.sub(g));
      m.store(p + 3 * step, q.add(r));
      m.store(p + 4 * step, q.sub(r));
      m.store(p + 5 * step, y3);
    }
  }

  /**
   * Weights {@code [3, 3, n]} into factors {@code [36, n]}, from one position to another.
   *
   * @param isFlipped whether the kernel is turned by half a turn, as an input's gradient needs it
   */
  static void weights(
      Numbers w,
      int n,
      boolean isFlipped,
      int from,
      int to,
      Numbers u,
      int base,
      int step,
      float[] f) {
    for (int p = from; p < to; p += L) {
      weightColumns(w, isFlipped ? 8 * n + p : p, isFlipped ? -n : n, f);
      weightRows(u, base + p, step, f);
    }
  }

  private static void weightColumns(Numbers w, int base, int n, float[] f) {
    for (int j = 0, p = base; j < 3 * L; j += L, p += n) {
      FloatVector g0 = w.load(p);
      FloatVector g1 = w.load(p + 3 * n);
      FloatVector g2 = w.load(p + 6 * n);
      FloatVector a = g0.add(g2).mul(-1f / 6);
      FloatVector b = g1.mul(-1f / 6);
      FloatVector e = g0.mul(1f / 24).add(g2.mul(1f / 6));
      FloatVector h = g1.mul(1f / 12);
      g0.mul(0.25f).intoArray(f, j);
      a.add(b).intoArray(f, j + 3 * L);
      a.sub(b).intoArray(f, j + 6 * L);
      e.add(h).intoArray(f, j + 9 * L);
      e.sub(h).intoArray(f, j + 12 * L);
      g2.intoArray(f, j + 15 * L);
    }
  }

  private static void weightRows(Numbers u, int base, int step, float[] f) {
    for (int i = 0, p = base; i < 18 * L; i += 3 * L, p += 6 * step) {
      FloatVector g0 = at(f, i);
      FloatVector g1 = at(f, i + L);
      FloatVector g2 = at(f, i + 2 * L);
      FloatVector a = g0.add(g2).mul(-1f / 6);
      FloatVector b = g1.mul(-1f / 6);
      FloatVector e = g0.mul(1f / 24).add(g2.mul(1f / 6));
      FloatVector h = g1.mul(1f / 12);
      u.store(p, g0.mul(0.25f));
      u.store(p + step, a.add(b));
      u.store(p + 2 * step, a.sub(b));
      u.store(p + 3 * step, e.add(h));
      u.store(p + 4 * step, e.sub(h));
      u.store(p + 5 * step, g2);
    }
  }

  /** Products {@code [36, n]} into the gradient of weights {@code [3, 3, n]}. */
  static void weightGradient(
      Numbers u, int base, int step, int from, int to, Numbers w, int n, float[] f) {
    for (int p = from; p < to; p += L) {
      weightGradientColumns(u, base + p, step, f);
      weightGradientRows(w, p, n, f);
    }
  }

  private static void weightGradientColumns(Numbers u, int base, int step, float[] f) {
    for (int j = 0, p = base; j < 6 * L; j += L, p += step) {
      FloatVector u0 = u.load(p);
      FloatVector u1 = u.load(p + 6 * step);
      FloatVector u2 = u.load(p + 12 * step);
      FloatVector u3 = u.load(p + 18 * step);
      FloatVector u4 = u.load(p + 24 * step);
      FloatVector u5 = u.load(p + 30 * step);
      FloatVector a = u1.add(u2).mul(1f / 6);
      FloatVector b = u3.add(u4);
      u0.mul(0.25f).sub(a).add(b.mul(1f / 24)).intoArray(f, j);
      u2.sub(u1).mul(1f / 6).add(u3.sub(u4).mul(1f / 12)).intoArray(f, j + 6 * L);
      b.mul(1f / 6).sub(a).add(u5).intoArray(f, j + 12 * L);
    }
  }

  private static void weightGradientRows(Numbers w, int base, int n, float[] f) {
    for (int i = 0, p = base; i < 18 * L; i += 6 * L, p += 3 * n) {
      FloatVector u0 = at(f, i);
      FloatVector u1 = at(f, i + L);
      FloatVector u2 = at(f, i + 2 * L);
      FloatVector u3 = at(f, i + 3 * L);
      FloatVector u4 = at(f, i + 4 * L);
      FloatVector u5 = at(f, i + 5 * L);
      FloatVector a = u1.add(u2).mul(1f / 6);
      FloatVector b = u3.add(u4);
      w.store(p, u0.mul(0.25f).sub(a).add(b.mul(1f / 24)));
      w.store(p + n, u2.sub(u1).mul(1f / 6).add(u3.sub(u4).mul(1f / 12)));
      w.store(p + 2 * n, b.mul(1f / 6).sub(a).add(u5));
    }
  }
}
