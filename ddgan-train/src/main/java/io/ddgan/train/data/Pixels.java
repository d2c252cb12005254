package io.ddgan.train.data;

/** Levels from 0 for black to 255 for white as numbers from -1 to 1. */
public final class Pixels {

  private static final int WHITE = 255;
  private static final float HALF = WHITE / 2f;

  private Pixels() {}

  /** Scales a byte. */
  static float scale(byte brightness) {
    return Byte.toUnsignedInt(brightness) / HALF - 1;
  }

  /** Scales a segment of bytes. */
  static void scale(byte[] bytes, int from, float[] out, int to, int length) {
    for (int i = 0; i < length; i++) {
      out[to + i] = scale(bytes[from + i]);
    }
  }

  /** The level that is nearest to a number. */
  public static int level(float value) {
    return Math.min(Math.max(Math.round((value + 1) * HALF), 0), WHITE);
  }

  /** Gives numbers the value that they would have in a file; what is not finite stays. */
  public static void round(float[] values, int count) {
    for (int i = 0; i < count; i++) {
      if (Float.isFinite(values[i])) {
        values[i] = level(values[i]) / HALF - 1;
      }
    }
  }
}
