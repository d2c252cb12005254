package io.ddgan.onednn.elementwise;

import io.ddgan.onednn.runtime.NativeFloats;
import io.ddgan.onednn.runtime.Strip;
import io.ddgan.onednn.runtime.VectorLoops;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/** The template of loops: {@link Loop#of} defines a copy of this class for each computation. */
final class CompiledLoop implements Loop {

  private static final int ARGUMENTS;
  private static final Body BODY;

  static {
    try {
      Computation computation =
          MethodHandles.classData(MethodHandles.lookup(), "_", Computation.class);
      ARGUMENTS = computation.arguments();
      BODY = computation.body();
    } catch (IllegalAccessException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @Override
  public void applyLanes(Strip x, Strip y, Strip z, Strip to, int n, float a, float b) {
    NativeFloats xs = x.numbers();
    long xAt = x.place();
    NativeFloats ys = (ARGUMENTS > 1 ? y : x).numbers();
    long yAt = (ARGUMENTS > 1 ? y : x).place();
    NativeFloats zs = (ARGUMENTS > 2 ? z : x).numbers();
    long zAt = (ARGUMENTS > 2 ? z : x).place();
    NativeFloats results = to.numbers();
    long toAt = to.place();
    for (long i = 0, end = NativeFloats.bytes(n); i < end; i += VectorLoops.BYTES) {
      FloatVector first = xs.loadFrom(xAt + i);
      FloatVector second = ARGUMENTS > 1 ? ys.loadFrom(yAt + i) : first;
      FloatVector third = ARGUMENTS > 2 ? zs.loadFrom(zAt + i) : first;
      results.storeTo(toAt + i, BODY.of(first, second, third, a, b));
    }
  }
}
