package io.ddgan.onednn;

import io.ddgan.onednn.elementwise.Loop;
import io.ddgan.onednn.runtime.Numbers;
import io.ddgan.onednn.runtime.Piece;
import java.nio.ByteBuffer;
import java.util.List;

/** Runs loops on arrays. */
final class Loops {

  private Loops() {}

  /** What a loop makes of one to three arguments of equal length. */
  static float[] apply(Loop loop, List<float[]> arguments, float a, float b) {
    int n = arguments.get(0).length;
    List<Piece> from = arguments.stream().map(Loops::piece).toList();
    Piece to = piece(new float[n]);
    loop.applyLanes(
        from.get(0),
        from.get(Math.min(1, from.size() - 1)),
        from.get(from.size() - 1),
        to,
        n,
        a,
        b);
    float[] result = new float[n];
    to.numbers().get(0, result, 0, n);
    return result;
  }

  /** A piece with some numbers. */
  static Piece piece(float... values) {
    Numbers numbers = new Numbers(ByteBuffer.allocateDirect(values.length * Float.BYTES));
    numbers.put(0, values, 0, values.length);
    return new Piece(numbers, 0);
  }
}
