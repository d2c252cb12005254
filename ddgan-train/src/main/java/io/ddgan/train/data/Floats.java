package io.ddgan.train.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers of single precision as little-endian bytes. */
final class Floats {

  private Floats() {}

  /** Reads all bytes as numbers. */
  static void read(byte[] bytes, float[] out, int offset) {
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(out, offset, bytes.length / Float.BYTES);
  }

  /** Numbers as bytes. */
  static byte[] bytes(float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }
}
