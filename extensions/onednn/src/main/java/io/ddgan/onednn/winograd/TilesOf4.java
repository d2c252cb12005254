package io.ddgan.onednn.winograd;

import io.ddgan.onednn.runtime.NativeFloats;
import io.ddgan.onednn.runtime.VectorLoops;
import jdk.incubator.vector.FloatVector;

/**
 * Winograd's F(4x4, 3x3), with a quarter of a direct convolution's products. The methods are the
 * column and row halves of the transforms, for a run of vectors of one tile or one vector of
 * weights. Intermediate values are in f, at most {@code [points, vectors]}. Each method is compiled
 * separately.
 */
final class TilesOf4 {

  private static final int L = VectorLoops.LANES.length();

  private static final long V = VectorLoops.BYTES;

  private TilesOf4() {}

  static void inputColumns(
      NativeFloats above,
      NativeFloats x,
      NativeFloats below,
      int base,
      int row,
      int pixel,
      int left,
      int right,
      int vectors,
      NativeFloats f) {
    long r = NativeFloats.bytes(row);
    long run = vectors * V;
    long jump = NativeFloats.bytes(pixel) - run;
    long p = x.place(base + left * pixel);
    boolean isAbove = above == x;
    boolean isBelow = below == x;
    long top = isAbove ? p : above.place(0);
    long bottom = isBelow ? p + 5 * r : below.place(0);
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
      FloatVector d3 = x.loadFrom(p + 3 * r);
      FloatVector d4 = x.loadFrom(p + 4 * r);
      FloatVector d5 = below.loadFrom(bottom);
      f.storeTo(to, d0.mul(4f).sub(d2.mul(5f)).add(d4));
      FloatVector a = d4.sub(d2.mul(4f));
      FloatVector b = d3.sub(d1.mul(4f));
      f.storeTo(to + 6 * run, a.add(b));
      f.storeTo(to + 12 * run, a.sub(b));
      FloatVector e = d4.sub(d2);
      FloatVector g = d3.sub(d1).mul(2f);
      f.storeTo(to + 18 * run, e.add(g));
      f.storeTo(to + 24 * run, e.sub(g));
      f.storeTo(to + 30 * run, d1.mul(4f).sub(d3.mul(5f)).add(d5));
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

  static void inputRows(NativeFloats v, int base, int step, int vectors, NativeFloats f) {
    long next = NativeFloats.bytes(step);
    long run = vectors * V;
    long p = v.place(base);
    long i = f.place(0);
    long endOfRun = i + run;
    long end = f.place(WinogradTransforms.POINTS * vectors * L);
    while (i < end) {
      FloatVector d0 = f.loadFrom(i);
      FloatVector d1 = f.loadFrom(i + run);
      FloatVector d2 = f.loadFrom(i + 2 * run);
      FloatVector d3 = f.loadFrom(i + 3 * run);
      FloatVector d4 = f.loadFrom(i + 4 * run);
      FloatVector d5 = f.loadFrom(i + 5 * run);
      v.storeTo(p, d0.mul(4f).sub(d2.mul(5f)).add(d4));
      FloatVector a = d4.sub(d2.mul(4f));
      FloatVector b = d3.sub(d1.mul(4f));
      v.storeTo(p + next, a.add(b));
      v.storeTo(p + 2 * next, a.sub(b));
      FloatVector e = d4.sub(d2);
      FloatVector g = d3.sub(d1).mul(2f);
      v.storeTo(p + 3 * next, e.add(g));
      v.storeTo(p + 4 * next, e.sub(g));
      v.storeTo(p + 5 * next, d1.mul(4f).sub(d3.mul(5f)).add(d5));
      i += V;
      p += V;
      if (i == endOfRun) {
        i += 5 * run;
        endOfRun += 6 * run;
        p += 6 * next - run;
      }
    }
  }

  static void outputColumns(NativeFloats m, int base, int step, int vectors, NativeFloats f) {
    long next = NativeFloats.bytes(step);
    long run = vectors * V;
    long p = m.place(base);
    long to = f.place(0);
    long endOfRun = to + run;
    long end = f.place(6 * vectors * L);
    while (to < end) {
      FloatVector m0 = m.loadFrom(p);
      FloatVector m1 = m.loadFrom(p + 6 * next);
      FloatVector m2 = m.loadFrom(p + 12 * next);
      FloatVector m3 = m.loadFrom(p + 18 * next);
      FloatVector m4 = m.loadFrom(p + 24 * next);
      FloatVector m5 = m.loadFrom(p + 30 * next);
      FloatVector a = m1.add(m2);
      FloatVector b = m1.sub(m2);
      FloatVector e = m3.add(m4);
      FloatVector g = m3.sub(m4);
      f.storeTo(to, m0.add(a).add(e));
      f.storeTo(to + 6 * run, b.add(g.mul(2f)));
      f.storeTo(to + 12 * run, a.add(e.mul(4f)));
      f.storeTo(to + 18 * run, b.add(g.mul(8f)).add(m5));
      to += V;
      p += V;
      if (to == endOfRun) {
        endOfRun += run;
        p += next - run;
      }
    }
  }

  static void outputRows(
      NativeFloats y,
      int base,
      int row,
      int pixel,
      float[] bias,
      int c,
      int vectors,
      NativeFloats f) {
    long next = NativeFloats.bytes(pixel);
    long run = vectors * V;
    long jump = NativeFloats.bytes(row) - run;
    long p = y.place(base);
    int channel = c;
    long i = f.place(0);
    long endOfRun = i + run;
    long end = f.place(24 * vectors * L);
    while (i < end) {
      FloatVector constant = FloatVector.fromArray(VectorLoops.LANES, bias, channel);
      FloatVector m0 = f.loadFrom(i);
      FloatVector m1 = f.loadFrom(i + run);
      FloatVector m2 = f.loadFrom(i + 2 * run);
      FloatVector m3 = f.loadFrom(i + 3 * run);
      FloatVector m4 = f.loadFrom(i + 4 * run);
      FloatVector m5 = f.loadFrom(i + 5 * run);
      FloatVector a = m1.add(m2);
      FloatVector b = m1.sub(m2);
      FloatVector e = m3.add(m4);
      FloatVector g = m3.sub(m4);
      y.storeTo(p, m0.add(a).add(e).add(constant));
      y.storeTo(p + next, b.add(g.mul(2f)).add(constant));
      y.storeTo(p + 2 * next, a.add(e.mul(4f)).add(constant));
      y.storeTo(p + 3 * next, b.add(g.mul(8f)).add(m5).add(constant));
      i += V;
      p += V;
      channel += L;
      if (i == endOfRun) {
        i += 5 * run;
        endOfRun += 6 * run;
        p += jump;
        channel = c;
      }
    }
  }

  static void gradientColumns(
      NativeFloats y, int base, int row, int pixel, int vectors, NativeFloats f) {
    long r = NativeFloats.bytes(row);
    long run = vectors * V;
    long jump = NativeFloats.bytes(pixel) - run;
    long p = y.place(base);
    long to = f.place(0);
    long endOfRun = to + run;
    long end = f.place(4 * vectors * L);
    while (to < end) {
      FloatVector y0 = y.loadFrom(p);
      FloatVector y1 = y.loadFrom(p + r);
      FloatVector y2 = y.loadFrom(p + 2 * r);
      FloatVector y3 = y.loadFrom(p + 3 * r);
      FloatVector e = y0.add(y2);
      FloatVector g = y1.add(y3);
      FloatVector q = y0.add(y2.mul(4f));
      FloatVector s = y1.mul(2f).add(y3.mul(8f));
      f.storeTo(to, y0);
      f.storeTo(to + 4 * run, e.add(g));
      f.storeTo(to + 8 * run, e.sub(g));
      f.storeTo(to + 12 * run, q.add(s));
      f.storeTo(to + 16 * run, q.sub(s));
      f.storeTo(to + 20 * run, y3);
      to += V;
      p += V;
      if (to == endOfRun) {
        endOfRun += run;
        p += jump;
      }
    }
  }

  static void gradientRows(NativeFloats m, int base, int step, int vectors, NativeFloats f) {
    long next = NativeFloats.bytes(step);
    long run = vectors * V;
    long p = m.place(base);
    long i = f.place(0);
    long endOfRun = i + run;
    long end = f.place(24 * vectors * L);
    while (i < end) {
      FloatVector y0 = f.loadFrom(i);
      FloatVector y1 = f.loadFrom(i + run);
      FloatVector y2 = f.loadFrom(i + 2 * run);
      FloatVector y3 = f.loadFrom(i + 3 * run);
      FloatVector e = y0.add(y2);
      FloatVector g = y1.add(y3);
      FloatVector q = y0.add(y2.mul(4f));
      FloatVector s = y1.mul(2f).add(y3.mul(8f));
      m.storeTo(p, y0);
      m.storeTo(p + next, e.add(g));
      m.storeTo(p + 2 * next, e.sub(g));
      m.storeTo(p + 3 * next, q.add(s));
      m.storeTo(p + 4 * next, q.sub(s));
      m.storeTo(p + 5 * next, y3);
      i += V;
      p += V;
      if (i == endOfRun) {
        i += 3 * run;
        endOfRun += 4 * run;
        p += 6 * next - run;
      }
    }
  }

  static void weightColumns(NativeFloats w, int base, int n, NativeFloats f) {
    long next = NativeFloats.bytes(n);
    long p = w.place(base);
    long end = f.place(3 * L);
    for (long to = f.place(0); to < end; to += V, p += next) {
      FloatVector g0 = w.loadFrom(p);
      FloatVector g1 = w.loadFrom(p + 3 * next);
      FloatVector g2 = w.loadFrom(p + 6 * next);
      FloatVector a = g0.add(g2).mul(-1f / 6);
      FloatVector b = g1.mul(-1f / 6);
      FloatVector e = g0.mul(1f / 24).add(g2.mul(1f / 6));
      FloatVector h = g1.mul(1f / 12);
      f.storeTo(to, g0.mul(0.25f));
      f.storeTo(to + 3 * V, a.add(b));
      f.storeTo(to + 6 * V, a.sub(b));
      f.storeTo(to + 9 * V, e.add(h));
      f.storeTo(to + 12 * V, e.sub(h));
      f.storeTo(to + 15 * V, g2);
    }
  }

  static void weightRows(NativeFloats u, int base, int step, NativeFloats f) {
    long next = NativeFloats.bytes(step);
    long p = u.place(base);
    long end = f.place(18 * L);
    for (long i = f.place(0); i < end; i += 3 * V, p += 6 * next) {
      FloatVector g0 = f.loadFrom(i);
      FloatVector g1 = f.loadFrom(i + V);
      FloatVector g2 = f.loadFrom(i + 2 * V);
      FloatVector a = g0.add(g2).mul(-1f / 6);
      FloatVector b = g1.mul(-1f / 6);
      FloatVector e = g0.mul(1f / 24).add(g2.mul(1f / 6));
      FloatVector h = g1.mul(1f / 12);
      u.storeTo(p, g0.mul(0.25f));
      u.storeTo(p + next, a.add(b));
      u.storeTo(p + 2 * next, a.sub(b));
      u.storeTo(p + 3 * next, e.add(h));
      u.storeTo(p + 4 * next, e.sub(h));
      u.storeTo(p + 5 * next, g2);
    }
  }

  static void weightGradientColumns(NativeFloats u, int base, int step, NativeFloats f) {
    long next = NativeFloats.bytes(step);
    long p = u.place(base);
    long end = f.place(6 * L);
    for (long to = f.place(0); to < end; to += V, p += next) {
      FloatVector u0 = u.loadFrom(p);
      FloatVector u1 = u.loadFrom(p + 6 * next);
      FloatVector u2 = u.loadFrom(p + 12 * next);
      FloatVector u3 = u.loadFrom(p + 18 * next);
      FloatVector u4 = u.loadFrom(p + 24 * next);
      FloatVector u5 = u.loadFrom(p + 30 * next);
      FloatVector a = u1.add(u2).mul(1f / 6);
      FloatVector b = u3.add(u4);
      f.storeTo(to, u0.mul(0.25f).sub(a).add(b.mul(1f / 24)));
      f.storeTo(to + 6 * V, u2.sub(u1).mul(1f / 6).add(u3.sub(u4).mul(1f / 12)));
      f.storeTo(to + 12 * V, b.mul(1f / 6).sub(a).add(u5));
    }
  }

  static void weightGradientRows(NativeFloats w, int base, int n, NativeFloats f) {
    long next = NativeFloats.bytes(n);
    long p = w.place(base);
    long end = f.place(18 * L);
    for (long i = f.place(0); i < end; i += 6 * V, p += 3 * next) {
      FloatVector u0 = f.loadFrom(i);
      FloatVector u1 = f.loadFrom(i + V);
      FloatVector u2 = f.loadFrom(i + 2 * V);
      FloatVector u3 = f.loadFrom(i + 3 * V);
      FloatVector u4 = f.loadFrom(i + 4 * V);
      FloatVector u5 = f.loadFrom(i + 5 * V);
      FloatVector a = u1.add(u2).mul(1f / 6);
      FloatVector b = u3.add(u4);
      w.storeTo(p, u0.mul(0.25f).sub(a).add(b.mul(1f / 24)));
      w.storeTo(p + next, u2.sub(u1).mul(1f / 6).add(u3.sub(u4).mul(1f / 12)));
      w.storeTo(p + 2 * next, b.mul(1f / 6).sub(a).add(u5));
    }
  }
}
