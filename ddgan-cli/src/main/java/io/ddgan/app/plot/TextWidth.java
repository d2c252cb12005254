package io.ddgan.app.plot;

/** How wide words are in Helvetica, and so in Arial and Liberation Sans, which have its widths. */
final class TextWidth {

  private static final int FIRST = ' ';
  private static final double UNIT = 1000;

  /** Letters outside of ASCII are taken for wide ones. */
  private static final int OTHER = 722;

  /** From the space to the tilde, in thousandths of the letters' size (Adobe's font metrics). */
  private static final int[] WIDTHS = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584
  };

  private static final double SPARE = 1.08;
  private static final String ELLIPSIS = "…";

  private TextWidth() {}

  /** Of a line, in pixels. */
  static double of(String text, double size) {
    return text.codePoints().mapToLong(TextWidth::width).sum() / UNIT * size;
  }

  /** What to leave free for a line, as letters of other fonts are wider. */
  static double room(String text, double size) {
    return of(text, size) * SPARE;
  }

  private static int width(int letter) {
    int index = letter - FIRST;
    return index >= 0 && index < WIDTHS.length ? WIDTHS[index] : OTHER;
  }

  /** The text, or its two ends where it needs more room than there is. */
  static String shortened(String text, double size, double most) {
    if (room(text, size) <= most) {
      return text;
    }
    int kept = 0;
    for (int more = Integer.highestOneBit(text.length()); more > 0; more /= 2) {
      if (kept + more < text.length() && room(ends(text, kept + more), size) <= most) {
        kept += more;
      }
    }
    return ends(text, kept);
  }

  /** The two ends of a text, of as many letters together, with an ellipsis between them. */
  private static String ends(String text, int kept) {
    return text.substring(0, (kept + 1) / 2) + ELLIPSIS + text.substring(text.length() - kept / 2);
  }
}
