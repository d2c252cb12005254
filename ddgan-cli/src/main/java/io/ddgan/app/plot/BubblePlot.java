package io.ddgan.app.plot;

import io.ddgan.app.plot.Mark.Dot;
import io.ddgan.app.plot.Mark.Label;
import io.ddgan.app.plot.Mark.Label.Anchor;
import io.ddgan.app.plot.Mark.Stroke;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Numbers over numbers, with a third one as the areas of dots and the names beside them.
 *
 * @param title what is drawn upwards
 * @param across what is drawn to the right
 * @param share what the areas are of
 * @param bubbles what is drawn
 */
public record BubblePlot(String title, String across, String share, List<Bubble> bubbles) {

  private static final double WIDTH = 640;
  private static final double HEIGHT = 330;
  private static final double TOP = Frame.TOP;
  private static final double MARGIN = Frame.MARGIN;

  /** Radius of a whole share; the least is drawn at least this large. */
  private static final double WHOLE = 14;

  private static final double LEAST = 1.5;

  /** Between a dot and its name. */
  private static final double GAP = 4;

  private static final List<Double> EXAMPLES = List.of(0.1, 0.5, 1.0);

  public BubblePlot {
    bubbles = List.copyOf(bubbles);
  }

  /**
   * A dot.
   *
   * @param name what it is of
   * @param x to the right, finite
   * @param y upwards, finite
   * @param deviation of y; 0 for none
   * @param share its area, in [0, 1]
   */
  public record Bubble(String name, double x, double y, double deviation, double share) {}

  /** Lays it out; nothing if there is nothing to draw. */
  public Optional<Drawing> drawing() {
    return bubbles.isEmpty() ? Optional.empty() : Optional.of(drawn());
  }

  private Drawing drawn() {
    double bottom = TOP + HEIGHT;
    Axis up =
        Axis.over(
            bubbles.stream()
                .flatMap(at -> Stream.of(at.y(), at.y() - at.deviation(), at.y() + at.deviation()))
                .toList(),
            Axis.MOST_TICKS,
            bottom - WHOLE,
            TOP + WHOLE);
    Box area = new Box(MARGIN + up.room() + Axes.TICK + 2, TOP, WIDTH - MARGIN, bottom);
    Axis right =
        Axis.across(
            bubbles.stream().map(Bubble::x).toList(), MARGIN, area.left(), area.right(), WHOLE);
    List<Mark> frame = new ArrayList<>();
    frame.add(Frame.title(title, WIDTH));
    frame.addAll(new Axes(right, up, area).marks(across));
    double below = bottom + Axes.BELOW;
    List<Mark> data = new ArrayList<>();
    IntStream.range(0, bubbles.size())
        .boxed()
        .sorted(
            Comparator.comparingDouble(i -> -bubbles.get(i).share())) // none behind a larger one
        .forEach(i -> draw(i, right, up, data));
    Optional<List<Label>> names = names(area, data.stream().map(Mark::bounds).toList(), right, up);
    Legend legend =
        new Legend(
            names.isPresent() ? List.of() : bubbles.stream().map(Bubble::name).toList(),
            WIDTH - 2 * MARGIN);
    frame.addAll(names.orElse(List.of()));
    frame.addAll(legend.at(below + 10, true));
    double middle = below + 12 + legend.height() + WHOLE;
    frame.addAll(key(middle));
    return new Drawing(title, WIDTH, middle + WHOLE + MARGIN, area, frame, data);
  }

  private void draw(int index, Axis right, Axis up, List<Mark> data) {
    Bubble bubble = bubbles.get(index);
    Ink ink = Ink.series(index);
    double x = right.at(bubble.x());
    if (bubble.deviation() > 0) {
      double high = up.at(bubble.y() + bubble.deviation());
      data.add(Stroke.line(x, up.at(bubble.y() - bubble.deviation()), x, high, ink, 1.5));
    }
    data.add(new Dot(new Point(x, up.at(bubble.y())), radius(bubble.share()), ink));
  }

  private static double radius(double share) {
    return Math.max(LEAST, WHOLE * Math.sqrt(Math.min(1, Math.max(0, share))));
  }

  /** What the areas mean. */
  private List<Mark> key(double middle) {
    List<Mark> marks = new ArrayList<>();
    String text = TextWidth.shortened(share, Axis.SIZE, WIDTH / 2);
    marks.add(Label.level(text, MARGIN, middle, Anchor.START, Ink.MUTED));
    double left = MARGIN + TextWidth.room(text, Axis.SIZE) + GAP + WHOLE;
    for (double example : EXAMPLES) {
      double radius = radius(example);
      marks.add(new Dot(new Point(left + radius, middle), radius, Ink.MUTED));
      String number = example == Math.rint(example) ? "1" : String.valueOf(example);
      left += 2 * radius + GAP;
      marks.add(Label.level(number, left, middle, Anchor.START, Ink.MUTED));
      left += TextWidth.room(number, Axis.SIZE) + WHOLE;
    }
    return marks;
  }

  /**
   * Names where they hide as little of the dots as can be; nothing if they would hide each other.
   */
  private Optional<List<Label>> names(Box area, List<Box> dots, Axis right, Axis up) {
    List<Label> names = new ArrayList<>();
    for (Bubble bubble : bubbles) {
      Optional<Label> free =
          places(bubble, new Point(right.at(bubble.x()), up.at(bubble.y()))).stream()
              .filter(place -> area.contains(place.bounds()))
              .filter(place -> names.stream().noneMatch(n -> n.bounds().overlaps(place.bounds())))
              .min(
                  Comparator.comparingDouble(
                      place -> dots.stream().mapToDouble(place.bounds()::shared).sum()));
      if (free.isEmpty()) {
        return Optional.empty();
      }
      names.add(free.get());
    }
    return Optional.of(names);
  }

  /** Right and left of a dot, then the same higher and lower, the nearest first. */
  private static List<Label> places(Bubble bubble, Point centre) {
    double away = radius(bubble.share()) + GAP;
    String text = TextWidth.shortened(bubble.name(), Axis.SIZE, WIDTH / 2 - 2 * WHOLE);
    List<Label> places = new ArrayList<>();
    for (int rows = 0; rows <= 4; rows++) {
      for (int sign : rows == 0 ? new int[] {1} : new int[] {-1, 1}) {
        double y = centre.y() + Label.HALF + sign * rows * Axis.SIZE * 0.8;
        places.add(Label.of(text, centre.x() + away, y, Anchor.START, Ink.TEXT));
        places.add(Label.of(text, centre.x() - away, y, Anchor.END, Ink.TEXT));
        if (rows * Axis.SIZE * 0.8 > away) {
          places.add(Label.of(text, centre.x(), y, Anchor.MIDDLE, Ink.TEXT));
        }
      }
    }
    return places;
  }
}
