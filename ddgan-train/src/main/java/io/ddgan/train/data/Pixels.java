package io.ddgan.train.data;

/** Bytes from 0 for black to 255 for white as numbers from -1 to 1. */
final class Pixels {

  private static final float HALF = 127.5f;

  private Pixels() {}

  /** Scales a byte. */
  static float scale(byte brightness) {
    return Byte.toUnsignedInt(brightness) / HALF - 1;
  }

  /** Scales a stretch of bytes. */
  static void scale(byte[] bytes, int from, float[] out, int to, int length) {
    for (int i = 0; i < length; i++) {
      out[to + i] = scale(bytes[from + i]);
    }
  }
}
