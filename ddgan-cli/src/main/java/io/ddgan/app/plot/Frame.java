package io.ddgan.app.plot;

import io.ddgan.app.plot.Mark.Label;
import io.ddgan.app.plot.Mark.Label.Anchor;

/** What stands around the data of every plot. */
final class Frame {

  /** Where the data begin, below the title, in pixels. */
  static final double TOP = 34;

  /** Left free at the other edges. */
  static final double MARGIN = 8;

  private static final double TITLE = 14;

  private Frame() {}

  /** The title of a plot that is so wide, with its two ends alone if it is wider. */
  static Label title(String text, double width) {
    return new Label(
        TextWidth.shortened(text, TITLE, width - 2 * MARGIN),
        new Point(MARGIN, TOP - 16),
        Anchor.START,
        TITLE,
        Ink.TEXT);
  }
}
