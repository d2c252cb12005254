package io.ddgan.train.data;

/** Conversion between levels from 0 (black) to 255 (white) and numbers from -1 to 1. */
public final class Pixels {

  private static final int WHITE = 255;
  private static final float HALF = WHITE / 2f;

  private Pixels() {}

  /** Scales a level to [-1, 1]. */
  static float scale(byte brightness) {
    return Byte.toUnsignedInt(brightness) / HALF - 1;
  }

  /** Scales a segment of levels to [-1, 1]. */
  static void scale(byte[] bytes, int from, float[] out, int to, int length) {
    for (int i = 0; i < length; i++) {
      out[to + i] = scale(bytes[from + i]);
    }
  }

  /** Returns the level nearest to a number. */
  public static int level(float value) {
    return Math.min(Math.max(Math.round((value + 1) * HALF), 0), WHITE);
  }

  /** Rounds numbers to the values of 8-bit levels; NaN and infinities are kept. */
  public static void round(float[] values, int count) {
    for (int i = 0; i < count; i++) {
      if (Float.isFinite(values[i])) {
        values[i] = level(values[i]) / HALF - 1;
      }
    }
  }
}
