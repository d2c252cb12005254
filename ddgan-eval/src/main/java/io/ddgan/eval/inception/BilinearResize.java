package io.ddgan.eval.inception;

/**
 * Bilinear interpolation between pixel centres without antialiasing, as PyTorch's {@code
 * interpolate(mode="bilinear", align_corners=False)}. Pixels beyond the outermost centres repeat
 * the edge.
 */
final class BilinearResize {

  private final Axis rows;
  private final Axis columns;

  /** Creates a resize from one height and width to another. */
  BilinearResize(int height, int width, int toHeight, int toWidth) {
    rows = new Axis(height, toHeight);
    columns = new Axis(width, toWidth);
  }

  /**
   * Resizes a map.
   *
   * @param in holds {@code [height, width]} from index {@code from}
   * @param out receives {@code [toHeight, toWidth]} from index {@code to}
   */
  void apply(float[] in, int from, float[] out, int to) {
    int width = columns.from;
    int next = to;
    for (int y = 0; y < rows.before.length; y++) {
      int above = from + rows.before[y] * width;
      int below = from + rows.after[y] * width;
      float down = rows.share[y];
      for (int x = 0; x < columns.before.length; x++) {
        int left = columns.before[x];
        int right = columns.after[x];
        float along = columns.share[x];
        float upper = in[above + left] * (1 - along) + in[above + right] * along;
        float lower = in[below + left] * (1 - along) + in[below + right] * along;
        out[next++] = upper * (1 - down) + lower * down;
      }
    }
  }

  /** The two source pixels of each target pixel. */
  private static final class Axis {

    private final int from;
    private final int[] before;
    private final int[] after;

    /** Weight of the second source pixel, in [0, 1]. */
    private final float[] share;

    Axis(int from, int to) {
      this.from = from;
      before = new int[to];
      after = new int[to];
      share = new float[to];
      for (int i = 0; i < to; i++) {
        double at = Math.max(0, (i + 0.5) * from / to - 0.5);
        before[i] = (int) at;
        after[i] = Math.min(before[i] + 1, from - 1);
        share[i] = (float) (at - before[i]);
      }
    }
  }
}
