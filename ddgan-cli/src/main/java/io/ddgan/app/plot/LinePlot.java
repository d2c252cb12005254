package io.ddgan.app.plot;

import io.ddgan.app.plot.Mark.Area;
import io.ddgan.app.plot.Mark.Dot;
import io.ddgan.app.plot.Mark.Stroke;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Numbers over numbers.
 *
 * @param title what is drawn upwards
 * @param across what is drawn to the right
 * @param style how
 * @param series what is told apart; named below if they have names
 */
public record LinePlot(String title, String across, Style style, List<Series> series) {

  static final double WIDTH = 460;

  private static final double HEIGHT = 220;
  private static final double TOP = Frame.TOP;
  private static final double MARGIN = Frame.MARGIN;

  /** Between the area's edges and the outermost numbers. */
  private static final double INSET = 6;

  /** Half of a word at an end of an axis. */
  private static final double LABEL = 16;

  public LinePlot {
    series = List.copyOf(series);
  }

  /** How numbers are drawn. */
  public enum Style {
    /** A line, and a band for the spread. */
    CURVES,
    /** A line through points, each with its interval. */
    STEPS,
    /** Points alone, each with its interval. */
    POINTS
  }

  /**
   * A number at another one.
   *
   * @param x to the right, finite
   * @param y upwards, finite
   * @param low lower end of the interval, the number itself if there is none
   * @param high its upper end
   */
  public record Sample(double x, double y, double low, double high) {

    /** Without an interval. */
    public static Sample of(double x, double y) {
      return new Sample(x, y, y, y);
    }
  }

  /**
   * Numbers that belong together.
   *
   * @param name what they are called; empty for nothing
   * @param samples in rising order of x
   */
  public record Series(String name, List<Sample> samples) {

    public Series {
      samples = List.copyOf(samples);
    }
  }

  /** Lays it out; nothing if there is no number. */
  public Optional<Drawing> drawing() {
    List<Sample> all = series.stream().flatMap(one -> one.samples().stream()).toList();
    return all.isEmpty() ? Optional.empty() : Optional.of(drawing(all));
  }

  private Drawing drawing(List<Sample> all) {
    List<Double> heights =
        all.stream().flatMap(at -> Stream.of(at.y(), at.low(), at.high())).toList();
    double bottom = TOP + HEIGHT;
    Axis up = Axis.over(heights, Axis.MOST_TICKS, bottom - INSET, TOP + INSET);
    Box area = new Box(MARGIN + up.room() + Axes.TICK + 2, TOP, WIDTH - MARGIN, bottom);
    Axis right = across(all, area);
    List<Mark> frame = new ArrayList<>();
    frame.add(Frame.title(title, WIDTH));
    frame.addAll(new Axes(right, up, area).marks(across));
    double below = bottom + Axes.BELOW;
    Legend legend =
        new Legend(
            series.stream().allMatch(one -> one.name().isEmpty())
                ? List.of()
                : series.stream().map(Series::name).toList(),
            WIDTH - 2 * MARGIN);
    frame.addAll(legend.at(below + 10, style == Style.POINTS));
    List<Mark> data = new ArrayList<>();
    for (int i = 0; i < series.size(); i++) {
      draw(i, right, up, data);
    }
    return new Drawing(title, WIDTH, below + 10 + legend.height() + MARGIN, area, frame, data);
  }

  private Axis across(List<Sample> all, Box area) {
    List<Double> numbers = all.stream().map(Sample::x).toList();
    if (style != Style.CURVES) {
      Optional<Axis> few =
          Axis.withTicksAt(numbers, area.left() + LABEL, area.right() - LABEL)
              .filter(axis -> axis.room() <= 2 * LABEL);
      if (few.isPresent()) {
        return few.get();
      }
    }
    return Axis.across(numbers, MARGIN, area.left(), area.right(), INSET);
  }

  private void draw(int index, Axis right, Axis up, List<Mark> data) {
    Ink ink = Ink.series(index);
    List<Sample> samples = series.get(index).samples();
    List<Point> points =
        samples.stream().map(at -> new Point(right.at(at.x()), up.at(at.y()))).toList();
    boolean hasSpread = samples.stream().anyMatch(at -> at.high() > at.low());
    if (style == Style.CURVES && hasSpread) {
      List<Point> band = new ArrayList<>();
      samples.forEach(at -> band.add(new Point(right.at(at.x()), up.at(at.high()))));
      for (int i = samples.size() - 1; i >= 0; i--) {
        band.add(new Point(right.at(samples.get(i).x()), up.at(samples.get(i).low())));
      }
      data.add(new Area(band, ink));
    }
    if (style != Style.POINTS && points.size() > 1) {
      data.add(new Stroke(points, ink, style == Style.CURVES ? 1.5 : 2, Legend.dash(index)));
    }
    if (style != Style.CURVES || points.size() == 1) {
      for (int i = 0; i < points.size(); i++) {
        Sample at = samples.get(i);
        Point point = points.get(i);
        if (at.high() > at.low()) {
          data.add(Stroke.line(point.x(), up.at(at.low()), point.x(), up.at(at.high()), ink, 1.5));
        }
        data.add(new Dot(point, Legend.DOT, ink));
      }
    }
  }
}
