package io.ddgan.app.plot;

import io.ddgan.app.plot.Mark.Label;
import io.ddgan.app.plot.Mark.Label.Anchor;
import io.ddgan.app.plot.Mark.Stroke;
import java.util.ArrayList;
import java.util.List;

/**
 * Both axes of a plot of numbers over numbers.
 *
 * @param right the axis to the right, along the lower edge of the area
 * @param up the axis upwards, along its left edge
 * @param area where the data are drawn
 */
record Axes(Axis right, Axis up, Box area) {

  /** Length of a tick, in pixels. */
  static final double TICK = 5;

  /** From the area's lower edge to the line that the name of the axis to the right stands on. */
  static final double BELOW = TICK + Axis.SIZE + 18;

  /**
   * Lines and numbers.
   *
   * @param across name of the axis to the right
   */
  List<Mark> marks(String across) {
    List<Mark> marks = new ArrayList<>();
    double bottom = area.bottom();
    for (double tick : up.ticks()) {
      double y = up.at(tick);
      marks.add(Stroke.line(area.left(), y, area.right(), y, Ink.GRID, 1));
      marks.add(Label.level(up.text(tick), area.left() - TICK, y, Anchor.END, Ink.MUTED));
    }
    for (double tick : right.ticks()) {
      double x = right.at(tick);
      marks.add(Stroke.line(x, bottom, x, bottom + TICK, Ink.MUTED, 1));
      marks.add(Label.of(right.text(tick), x, bottom + TICK + Axis.SIZE, Anchor.MIDDLE, Ink.MUTED));
    }
    marks.add(Stroke.line(area.left(), bottom, area.right(), bottom, Ink.MUTED, 1));
    marks.add(
        Label.of(
            TextWidth.shortened(across, Axis.SIZE, area.width()),
            (area.left() + area.right()) / 2,
            bottom + BELOW,
            Anchor.MIDDLE,
            Ink.MUTED));
    return marks;
  }
}
