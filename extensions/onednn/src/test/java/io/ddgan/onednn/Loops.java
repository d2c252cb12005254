package io.ddgan.onednn;

import io.ddgan.engine.Call;
import io.ddgan.engine.Kernel;
import io.ddgan.onednn.elementwise.Loop;
import io.ddgan.onednn.runtime.NativeFloats;
import io.ddgan.onednn.runtime.Strip;
import java.nio.ByteBuffer;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Runs loops on arrays, and calls. */
final class Loops {

  private Loops() {}

  /** What a loop makes of one to three arguments of equal length. */
  static float[] apply(Loop loop, List<float[]> arguments, float a, float b) {
    int n = arguments.get(0).length;
    List<Strip> from = arguments.stream().map(Loops::piece).toList();
    Strip to = piece(new float[n]);
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

  /** Does calls in order, with memory of their own for all they write that has none. */
  static void run(List<? extends Call> calls) {
    calls.stream()
        .flatMap(call -> call.outputs().stream())
        .filter(output -> !output.isPlaced())
        .forEach(output -> output.place(Nd4j.create(DataType.FLOAT, output.shape())));
    for (Call call : calls) {
      try (Kernel kernel = call.bind()) {
        kernel.run();
      }
    }
  }

  /** A piece with some numbers. */
  static Strip piece(float... values) {
    NativeFloats numbers = new NativeFloats(ByteBuffer.allocateDirect(values.length * Float.BYTES));
    numbers.put(0, values, 0, values.length);
    return new Strip(numbers, 0);
  }
}
