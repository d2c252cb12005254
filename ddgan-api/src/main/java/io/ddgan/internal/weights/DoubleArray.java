package io.ddgan.internal.weights;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** An array in double precision, row by row, over values that are not copied. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record DoubleArray(List<Long> shape, double[] values) {

  private static final int BUFFER = 1 << 13;

  /** Whether no value is infinite or not a number. */
  boolean isFinite() {
    return Arrays.stream(values).allMatch(Double::isFinite);
  }

  /** Writes the values as little-endian float64. */
  void writeTo(OutputStream out) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(BUFFER * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += BUFFER) {
      int count = Math.min(BUFFER, values.length - from);
      bytes.asDoubleBuffer().put(values, from, count);
      out.write(bytes.array(), 0, count * Double.BYTES);
    }
  }
}
