package io.ddgan.onednn.elementwise;

import io.ddgan.onednn.runtime.NativeFloats;
import io.ddgan.onednn.runtime.Strip;
import io.ddgan.onednn.runtime.VectorLoops;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** The exponential of non-positive numbers, to two units in the last place. */
public final class Exponential {

  private static final long V = VectorLoops.BYTES;

  /** Below it the result is 0 instead of subnormal. */
  private static final float SMALLEST = -87f;

  private static final float ONE_BY_LOG_2 = 1.442695f;

  /** The logarithm of 2 in two parts: multiples of the first are exact. */
  private static final float LOG_2 = 0x1.63p-1f;

  private static final float LOG_2_REST = -2.1219444e-4f;

  /** Adding it to a small number rounds that to an integer in the lowest bits. */
  private static final float ROUND = 0x1.8p23f;

  private static final int MANTISSA_BITS = 23;

  private Exponential() {}

  public static float largestLanes(Strip x, int n) {
    NativeFloats xs = x.numbers();
    long at = x.place();
    FloatVector largest = xs.loadFrom(at);
    for (long i = V, end = NativeFloats.bytes(n); i < end; i += V) {
      largest = largest.max(xs.loadFrom(at + i));
    }
    return largest.reduceLanes(VectorOperators.MAX);
  }

  /**
   * Replaces numbers by the exponentials of their differences from the largest.
   *
   * @param sums sum of the exponentials of each lane
   */
  public static void ofDifferencesLanes(Strip x, float largest, int n, float[] sums) {
    NativeFloats xs = x.numbers();
    long at = x.place();
    FloatVector sum = FloatVector.zero(VectorLoops.LANES);
    for (long i = 0, end = NativeFloats.bytes(n); i < end; i += V) {
      FloatVector e = of(xs.loadFrom(at + i).sub(largest));
      xs.storeTo(at + i, e);
      sum = sum.add(e);
    }
    sum.intoArray(sums, 0);
  }

  /** Computes 2^n e^r with an integer n and |r| up to log(2) / 2, by the series of e^r. */
  private static FloatVector of(FloatVector argument) {
    FloatVector x = argument.max(SMALLEST);
    FloatVector shifted = x.fma(constant(ONE_BY_LOG_2), constant(ROUND));
    FloatVector n = shifted.sub(ROUND);
    FloatVector r = n.fma(constant(-LOG_2_REST), n.fma(constant(-LOG_2), x));
    FloatVector p = r.fma(constant(1f / 5040), constant(1f / 720));
    p = p.fma(r, constant(1f / 120));
    p = p.fma(r, constant(1f / 24));
    p = p.fma(r, constant(1f / 6));
    p = p.fma(r, constant(0.5f));
    p = p.fma(r, constant(1f));
    p = p.fma(r, constant(1f));
    return p.reinterpretAsInts()
        .add(shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, MANTISSA_BITS))
        .reinterpretAsFloats()
        .blend(0f, argument.compare(VectorOperators.LT, SMALLEST))
        .blend(argument, argument.test(VectorOperators.IS_NAN));
  }

  private static FloatVector constant(float value) {
    return FloatVector.broadcast(VectorLoops.LANES, value);
  }
}
