package io.ddgan.app.plot;

import io.ddgan.app.plot.Mark.Dot;
import io.ddgan.app.plot.Mark.Label;
import io.ddgan.app.plot.Mark.Label.Anchor;
import io.ddgan.app.plot.Mark.Stroke;
import java.util.ArrayList;
import java.util.List;

/** Names of series below a plot, as many in a row as fit. */
final class Legend {

  static final double ROW = 18;

  /** Radius of a point of a series. */
  static final double DOT = 3.5;

  private static final double SAMPLE = 18;
  private static final double GAP = 6;
  private static final double BETWEEN = 16;

  private final List<List<Entry>> rows = new ArrayList<>();

  private record Entry(int series, String name, double width) {}

  Legend(List<String> names, double width) {
    double left = width;
    for (int i = 0; i < names.size(); i++) {
      String name = TextWidth.shortened(names.get(i), Axis.SIZE, width - SAMPLE - GAP);
      double needed = SAMPLE + GAP + TextWidth.room(name, Axis.SIZE) + BETWEEN;
      if (rows.isEmpty() || needed - BETWEEN > left) {
        rows.add(new ArrayList<>());
        left = width;
      }
      rows.get(rows.size() - 1).add(new Entry(i, name, needed));
      left -= needed;
    }
  }

  double height() {
    return rows.size() * ROW;
  }

  /** Its marks: a line beside each name, or a dot where series are of points. */
  List<Mark> at(double y, boolean ofPoints) {
    List<Mark> marks = new ArrayList<>();
    double top = y;
    for (List<Entry> row : rows) {
      double left = Frame.MARGIN;
      double middle = top + ROW / 2;
      for (Entry entry : row) {
        Ink ink = Ink.series(entry.series());
        marks.add(
            ofPoints
                ? new Dot(new Point(left + SAMPLE / 2, middle), DOT, ink)
                : new Stroke(
                    List.of(new Point(left, middle), new Point(left + SAMPLE, middle)),
                    ink,
                    2,
                    dash(entry.series())));
        marks.add(Label.level(entry.name(), left + SAMPLE + GAP, middle, Anchor.START, Ink.TEXT));
        left += entry.width();
      }
      top += ROW;
    }
    return marks;
  }

  /** Series of the same colour are told apart by their dashes. */
  static List<Integer> dash(int series) {
    return switch (series / Ink.COLOURS % 3) {
      case 0 -> List.of();
      case 1 -> List.of(6, 3);
      default -> List.of(2, 2);
    };
  }
}
