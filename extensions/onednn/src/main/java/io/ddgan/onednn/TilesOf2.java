package io.ddgan.onednn;

import jdk.incubator.vector.FloatVector;

/** Winograd's F(2x2, 3x3), four ninths of a direct convolution's products, and its rounding. */
final class TilesOf2 extends WinogradTransforms {

  private static final int SIDE = 2;

  TilesOf2() {
    super(SIDE);
  }

  @Override
  void inputColumns(
      Numbers above,
      Numbers x,
      Numbers below,
      int base,
      int row,
      int pixel,
      int left,
      int right,
      int vectors,
      Numbers f) {
    long r = Numbers.bytes(row);
    long run = vectors * V;
    long jump = Numbers.bytes(pixel) - run;
    long p = x.place(base + left * pixel);
    boolean isAbove = above == x;
    boolean isBelow = below == x;
    long top = isAbove ? p : above.place(0);
    long bottom = isBelow ? p + 3 * r : below.place(0);
    long moveTop = isAbove ? V : 0;
    long jumpTop = isAbove ? jump : 0;
    long moveBottom = isBelow ? V : 0;
    long jumpBottom = isBelow ? jump : 0;
    long to = f.place(left * vectors * L);
    long endOfRun = to + run;
    long end = f.place(right * vectors * L);
    while (to < end) {
      FloatVector d0 = above.loadFrom(top);
      FloatVector d1 = x.loadFrom(p + r);
      FloatVector d2 = x.loadFrom(p + 2 * r);
      FloatVector d3 = below.loadFrom(bottom);
      f.storeTo(to, d0.sub(d2));
      f.storeTo(to + 4 * run, d1.add(d2));
      f.storeTo(to + 8 * run, d2.sub(d1));
      f.storeTo(to + 12 * run, d1.sub(d3));
      to += V;
      p += V;
      top += moveTop;
      bottom += moveBottom;
      if (to == endOfRun) {
        endOfRun += run;
        p += jump;
        top += jumpTop;
        bottom += jumpBottom;
      }
    }
  }

  @Override
  void inputRows(Numbers v, int base, int step, int vectors, Numbers f) {
    long next = Numbers.bytes(step);
    long run = vectors * V;
    long p = v.place(base);
    long i = f.place(0);
    long endOfRun = i + run;
    long end = f.place(points() * vectors * L);
    while (i < end) {
      FloatVector d0 = f.loadFrom(i);
      FloatVector d1 = f.loadFrom(i + run);
      FloatVector d2 = f.loadFrom(i + 2 * run);
      FloatVector d3 = f.loadFrom(i + 3 * run);
      v.storeTo(p, d0.sub(d2));
      v.storeTo(p + next, d1.add(d2));
      v.storeTo(p + 2 * next, d2.sub(d1));
      v.storeTo(p + 3 * next, d1.sub(d3));
      i += V;
      p += V;
      if (i == endOfRun) {
        i += 3 * run;
        endOfRun += 4 * run;
        p += 4 * next - run;
      }
    }
  }

  @Override
  void outputColumns(Numbers m, int base, int step, int vectors, Numbers f) {
    long next = Numbers.bytes(step);
    long run = vectors * V;
    long p = m.place(base);
    long to = f.place(0);
    long endOfRun = to + run;
    long end = f.place(4 * vectors * L);
    while (to < end) {
      FloatVector m0 = m.loadFrom(p);
      FloatVector m1 = m.loadFrom(p + 4 * next);
      FloatVector m2 = m.loadFrom(p + 8 * next);
      FloatVector m3 = m.loadFrom(p + 12 * next);
      f.storeTo(to, m0.add(m1).add(m2));
      f.storeTo(to + 4 * run, m1.sub(m2).sub(m3));
      to += V;
      p += V;
      if (to == endOfRun) {
        endOfRun += run;
        p += next - run;
      }
    }
  }

  @Override
  void outputRows(
      Numbers y, int base, int row, int pixel, float[] bias, int c, int vectors, Numbers f) {
    long next = Numbers.bytes(pixel);
    long run = vectors * V;
    long jump = Numbers.bytes(row) - run;
    long p = y.place(base);
    int channel = c;
    long i = f.place(0);
    long endOfRun = i + run;
    long end = f.place(8 * vectors * L);
    while (i < end) {
      FloatVector constant = FloatVector.fromArray(VectorLoops.LANES, bias, channel);
      FloatVector m0 = f.loadFrom(i);
      FloatVector m1 = f.loadFrom(i + run);
      FloatVector m2 = f.loadFrom(i + 2 * run);
      FloatVector m3 = f.loadFrom(i + 3 * run);
      y.storeTo(p, m0.add(m1).add(m2).add(constant));
      y.storeTo(p + next, m1.sub(m2).sub(m3).add(constant));
      i += V;
      p += V;
      channel += L;
      if (i == endOfRun) {
        i += 3 * run;
        endOfRun += 4 * run;
        p += jump;
        channel = c;
      }
    }
  }

  @Override
  void gradientColumns(Numbers y, int base, int row, int pixel, int vectors, Numbers f) {
    long r = Numbers.bytes(row);
    long run = vectors * V;
    long jump = Numbers.bytes(pixel) - run;
    long p = y.place(base);
    long to = f.place(0);
    long endOfRun = to + run;
    long end = f.place(2 * vectors * L);
    while (to < end) {
      FloatVector y0 = y.loadFrom(p);
      FloatVector y1 = y.loadFrom(p + r);
      FloatVector sum = y0.add(y1);
      FloatVector difference = y0.sub(y1);
      FloatVector opposite = y1.mul(-1f);
      f.storeTo(to, y0);
      f.storeTo(to + 2 * run, sum);
      f.storeTo(to + 4 * run, difference);
      f.storeTo(to + 6 * run, opposite);
      to += V;
      p += V;
      if (to == endOfRun) {
        endOfRun += run;
        p += jump;
      }
    }
  }

  @Override
  void gradientRows(Numbers m, int base, int step, int vectors, Numbers f) {
    long next = Numbers.bytes(step);
    long run = vectors * V;
    long p = m.place(base);
    long i = f.place(0);
    long endOfRun = i + run;
    long end = f.place(8 * vectors * L);
    while (i < end) {
      FloatVector y0 = f.loadFrom(i);
      FloatVector y1 = f.loadFrom(i + run);
      FloatVector sum = y0.add(y1);
      FloatVector difference = y0.sub(y1);
      FloatVector opposite = y1.mul(-1f);
      m.storeTo(p, y0);
      m.storeTo(p + next, sum);
      m.storeTo(p + 2 * next, difference);
      m.storeTo(p + 3 * next, opposite);
      i += V;
      p += V;
      if (i == endOfRun) {
        i += run;
        endOfRun += 2 * run;
        p += 4 * next - run;
      }
    }
  }

  @Override
  void weightColumns(Numbers w, int base, int n, Numbers f) {
    long next = Numbers.bytes(n);
    long p = w.place(base);
    long end = f.place(3 * L);
    for (long to = f.place(0); to < end; to += V, p += next) {
      FloatVector g0 = w.loadFrom(p);
      FloatVector g1 = w.loadFrom(p + 3 * next);
      FloatVector g2 = w.loadFrom(p + 6 * next);
      FloatVector even = g0.add(g2);
      f.storeTo(to, g0);
      f.storeTo(to + 3 * V, even.add(g1).mul(0.5f));
      f.storeTo(to + 6 * V, even.sub(g1).mul(0.5f));
      f.storeTo(to + 9 * V, g2);
    }
  }

  @Override
  void weightRows(Numbers u, int base, int step, Numbers f) {
    long next = Numbers.bytes(step);
    long p = u.place(base);
    long end = f.place(12 * L);
    for (long i = f.place(0); i < end; i += 3 * V, p += 4 * next) {
      FloatVector g0 = f.loadFrom(i);
      FloatVector g1 = f.loadFrom(i + V);
      FloatVector g2 = f.loadFrom(i + 2 * V);
      FloatVector even = g0.add(g2);
      u.storeTo(p, g0);
      u.storeTo(p + next, even.add(g1).mul(0.5f));
      u.storeTo(p + 2 * next, even.sub(g1).mul(0.5f));
      u.storeTo(p + 3 * next, g2);
    }
  }

  @Override
  void weightGradientColumns(Numbers u, int base, int step, Numbers f) {
    long next = Numbers.bytes(step);
    long p = u.place(base);
    long end = f.place(4 * L);
    for (long to = f.place(0); to < end; to += V, p += next) {
      FloatVector u0 = u.loadFrom(p);
      FloatVector u1 = u.loadFrom(p + 4 * next);
      FloatVector u2 = u.loadFrom(p + 8 * next);
      FloatVector u3 = u.loadFrom(p + 12 * next);
      FloatVector sum = u1.add(u2).mul(0.5f);
      f.storeTo(to, u0.add(sum));
      f.storeTo(to + 4 * V, u1.sub(u2).mul(0.5f));
      f.storeTo(to + 8 * V, sum.add(u3));
    }
  }

  @Override
  void weightGradientRows(Numbers w, int base, int n, Numbers f) {
    long next = Numbers.bytes(n);
    long p = w.place(base);
    long end = f.place(12 * L);
    for (long i = f.place(0); i < end; i += 4 * V, p += 3 * next) {
      FloatVector u0 = f.loadFrom(i);
      FloatVector u1 = f.loadFrom(i + V);
      FloatVector u2 = f.loadFrom(i + 2 * V);
      FloatVector u3 = f.loadFrom(i + 3 * V);
      FloatVector sum = u1.add(u2).mul(0.5f);
      w.storeTo(p, u0.add(sum));
      w.storeTo(p + next, u1.sub(u2).mul(0.5f));
      w.storeTo(p + 2 * next, sum.add(u3));
    }
  }
}
