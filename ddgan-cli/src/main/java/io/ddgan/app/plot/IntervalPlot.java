package io.ddgan.app.plot;

import io.ddgan.app.plot.Mark.Dot;
import io.ddgan.app.plot.Mark.Label;
import io.ddgan.app.plot.Mark.Label.Anchor;
import io.ddgan.app.plot.Mark.Stroke;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A row for each of several things: its mean, its deviation, and the numbers that these are of.
 *
 * @param title what the numbers are
 * @param rows from top to bottom
 */
public record IntervalPlot(String title, List<Interval> rows) {

  private static final double WIDTH = LinePlot.WIDTH;
  private static final double TOP = Frame.TOP;
  private static final double MARGIN = Frame.MARGIN;
  private static final double GAP = 10;
  private static final double ROW = 22;
  private static final double MEAN = 4;
  private static final double SINGLE = 2;

  /** Names up to this wide stand beside their rows, wider ones above them. */
  private static final double BESIDE = 170;

  public IntervalPlot {
    rows = List.copyOf(rows);
  }

  /**
   * A row.
   *
   * @param name what it is of
   * @param mean finite
   * @param deviation not negative; 0 for none
   * @param numbers those that these are of, finite
   */
  public record Interval(String name, double mean, double deviation, List<Double> numbers) {

    public Interval {
      numbers = List.copyOf(numbers);
    }
  }

  /** Lays it out; nothing if there is no row. */
  public Optional<Drawing> drawing() {
    return rows.isEmpty() ? Optional.empty() : Optional.of(drawn());
  }

  private Drawing drawn() {
    double widest =
        rows.stream().mapToDouble(row -> TextWidth.room(row.name(), Axis.SIZE)).max().orElseThrow();
    boolean isBeside = widest <= BESIDE;
    double height = isBeside ? ROW : 2 * ROW - 6;
    double bottom = TOP + rows.size() * height;
    Axis axis = axis(isBeside ? MARGIN + widest + GAP : MARGIN);
    Box area = new Box(axis.from() - MEAN, TOP, axis.to() + MEAN, bottom);
    List<Mark> frame = new ArrayList<>();
    frame.add(Frame.title(title, WIDTH));
    for (double tick : axis.ticks()) {
      double x = axis.at(tick);
      frame.add(Stroke.line(x, TOP, x, bottom + Axes.TICK, Ink.GRID, 1));
      frame.add(
          Label.of(axis.text(tick), x, bottom + Axes.TICK + Axis.SIZE, Anchor.MIDDLE, Ink.MUTED));
    }
    List<Mark> data = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Interval row = rows.get(i);
      double middle = TOP + (i + 1) * height - ROW / 2;
      frame.add(name(row, isBeside, widest, middle));
      draw(row, axis, middle, data);
    }
    return new Drawing(
        title, WIDTH, bottom + Axes.TICK + Axis.SIZE + MARGIN + 4, area, frame, data);
  }

  private static Label name(Interval row, boolean isBeside, double widest, double middle) {
    return isBeside
        ? Label.level(row.name(), MARGIN + widest, middle, Anchor.END, Ink.TEXT)
        : Label.of(
            TextWidth.shortened(row.name(), Axis.SIZE, WIDTH - 2 * MARGIN),
            MARGIN,
            middle - ROW / 2 - 1,
            Anchor.START,
            Ink.TEXT);
  }

  private Axis axis(double left) {
    List<Double> numbers =
        rows.stream()
            .flatMap(
                row ->
                    Stream.concat(
                        row.numbers().stream(),
                        Stream.of(row.mean() - row.deviation(), row.mean() + row.deviation())))
            .toList();
    return Axis.across(numbers, left, left, WIDTH - MARGIN, MEAN);
  }

  private static void draw(Interval row, Axis axis, double middle, List<Mark> data) {
    Ink ink = Ink.series(0);
    if (row.deviation() > 0) {
      data.add(
          Stroke.line(
              axis.at(row.mean() - row.deviation()),
              middle,
              axis.at(row.mean() + row.deviation()),
              middle,
              ink,
              2));
    }
    if (row.numbers().size() > 1) {
      row.numbers()
          .forEach(
              number -> data.add(new Dot(new Point(axis.at(number), middle), SINGLE, Ink.MUTED)));
    }
    data.add(new Dot(new Point(axis.at(row.mean()), middle), MEAN, ink));
  }
}
