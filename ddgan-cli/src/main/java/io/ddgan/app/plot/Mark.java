package io.ddgan.app.plot;

import java.util.List;
import java.util.stream.Collectors;

/** Something that is drawn. */
public sealed interface Mark {

  /** The rectangle that it needs. */
  Box bounds();

  /** The same so many pixels further down. */
  Mark lower(double by);

  private static List<Point> lower(List<Point> points, double by) {
    return points.stream().map(point -> point.lower(by)).toList();
  }

  /**
   * A line through points.
   *
   * @param width in pixels
   * @param dash lengths of dashes and gaps in pixels; none for a whole line
   */
  record Stroke(List<Point> points, Ink ink, double width, List<Integer> dash) implements Mark {

    public Stroke {
      points = List.copyOf(points);
      dash = List.copyOf(dash);
    }

    static Stroke line(double x1, double y1, double x2, double y2, Ink ink, double width) {
      return new Stroke(List.of(new Point(x1, y1), new Point(x2, y2)), ink, width, List.of());
    }

    /** The lengths of dashes and gaps, with spaces between them. */
    String dashText() {
      return dash.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    @Override
    public Box bounds() {
      return Box.around(points);
    }

    @Override
    public Mark lower(double by) {
      return new Stroke(Mark.lower(points, by), ink, width, dash);
    }
  }

  /** A filled polygon, through which one sees what is below. */
  record Area(List<Point> points, Ink ink) implements Mark {

    public Area {
      points = List.copyOf(points);
    }

    @Override
    public Box bounds() {
      return Box.around(points);
    }

    @Override
    public Mark lower(double by) {
      return new Area(Mark.lower(points, by), ink);
    }
  }

  /** A filled circle. */
  record Dot(Point centre, double radius, Ink ink) implements Mark {

    @Override
    public Box bounds() {
      return Box.around(List.of(centre)).grown(radius);
    }

    @Override
    public Mark lower(double by) {
      return new Dot(centre.lower(by), radius, ink);
    }
  }

  /**
   * A line of words.
   *
   * @param at on the line that letters stand on, where the anchor says
   * @param size of letters in pixels
   */
  record Label(String text, Point at, Anchor anchor, double size, Ink ink) implements Mark {

    /** Pixels from the middle of letters of {@link Axis#SIZE} down to what they stand on. */
    static final double HALF = Axis.SIZE * 0.36;

    private static final double ASCENT = 0.75;
    private static final double DESCENT = 0.22;

    /** What of a label is at its place. */
    public enum Anchor {
      START,
      MIDDLE,
      END
    }

    /** In letters of {@link Axis#SIZE}. */
    static Label of(String text, double x, double y, Anchor anchor, Ink ink) {
      return new Label(text, new Point(x, y), anchor, Axis.SIZE, ink);
    }

    /** The same with the middle of the letters at a height. */
    static Label level(String text, double x, double middle, Anchor anchor, Ink ink) {
      return of(text, x, middle + HALF, anchor, ink);
    }

    @Override
    public Box bounds() {
      double width = TextWidth.of(text, size);
      double left =
          at.x()
              - switch (anchor) {
                case START -> 0;
                case MIDDLE -> width / 2;
                case END -> width;
              };
      return new Box(left, at.y() - ASCENT * size, left + width, at.y() + DESCENT * size);
    }

    @Override
    public Mark lower(double by) {
      return new Label(text, at.lower(by), anchor, size, ink);
    }
  }
}
