package io.ddgan.app.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.app.plot.BubblePlot.Bubble;
import io.ddgan.app.plot.LinePlot.Sample;
import io.ddgan.app.plot.LinePlot.Series;
import io.ddgan.app.plot.LinePlot.Style;
import io.ddgan.app.plot.Mark.Dot;
import io.ddgan.app.plot.Mark.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where plots draw what, whatever they are of. */
class DrawingTest {

  private static final List<String> NAMES =
      List.of(
          "a",
          "steps=4",
          "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
          "layers=3 time-embedding=16 objective=adversarial reverse=posterior iterations=1000",
          "Grüße & <b>\"Küsse\"</b>",
          "扩散模型扩散模型扩散模型",
          "i".repeat(300));

  private static final List<double[]> RANGES =
      List.of(
          new double[] {0, 1},
          new double[] {-3, 5},
          new double[] {770.5, 770.6},
          new double[] {0.0728, 0.0459785},
          new double[] {1e-9, 3e-7},
          new double[] {2, 4e8},
          new double[] {-1e12, 1e12},
          new double[] {5, 5},
          new double[] {0, 0},
          new double[] {1e300, 2e300},
          new double[] {1e-300, 2e-300},
          new double[] {123456789, 123456790});

  @Test
  void rowsLieInTheirPlotAndBesideTheirNames() {
    for (int count : List.of(1, 2, 5, 72)) {
      for (double[] range : RANGES) {
        for (boolean isShort : new boolean[] {true, false}) {
          Drawing drawing =
              new IntervalPlot(NAMES.get(3), rows(count, range, isShort)).drawing().orElseThrow();
          assertSound(drawing);
          assertNamed(drawing, count);
        }
      }
    }
  }

  /** The big dots, and the names, in the order of the rows. */
  private static void assertNamed(Drawing drawing, int count) {
    List<Dot> means =
        drawing.data().stream()
            .filter(mark -> mark instanceof Dot dot && dot.radius() > 3)
            .map(Dot.class::cast)
            .toList();
    List<Label> names =
        labels(drawing).stream()
            .filter(label -> label.ink().equals(Ink.TEXT))
            .skip(1) // the title
            .toList();
    assertEquals(count, means.size());
    assertEquals(count, names.size());
    for (int i = 0; i < count; i++) {
      double away = means.get(i).centre().y() - names.get(i).at().y();
      assertTrue(away > -8 && away < 20, "the name of row " + i + " is " + away + " away");
    }
  }

  private static List<IntervalPlot.Interval> rows(int count, double[] range, boolean isShort) {
    Random random = new Random(count);
    List<IntervalPlot.Interval> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double mean = between(range, random);
      String name = isShort ? "run " + i : NAMES.get(i % NAMES.size()) + i;
      double deviation = i % 3 == 0 ? 0 : Math.abs(range[1] - range[0]) / 7;
      rows.add(
          new IntervalPlot.Interval(name, mean, deviation, List.of(mean, between(range, random))));
    }
    return rows;
  }

  @Test
  void curvesStepsAndPointsLieInTheirPlot() {
    for (Style style : Style.values()) {
      for (int count : List.of(1, 3, 12)) {
        for (double[] x : RANGES) {
          for (double[] y : RANGES) {
            LinePlot plot = new LinePlot(NAMES.get(3), NAMES.get(6), style, series(count, x, y));
            assertSound(plot.drawing().orElseThrow());
          }
        }
      }
    }
  }

  @Test
  void bubblesLieInTheirPlotWithTheirNames() {
    for (int count : List.of(1, 3, 12)) {
      for (double[] x : RANGES) {
        for (double[] y : RANGES) {
          assertSound(
              new BubblePlot(NAMES.get(3), NAMES.get(6), NAMES.get(4), bubbles(count, x, y))
                  .drawing()
                  .orElseThrow());
        }
      }
    }
  }

  private static List<Bubble> bubbles(int count, double[] x, double[] y) {
    Random random = new Random(count);
    List<Bubble> bubbles = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      bubbles.add(
          new Bubble(
              NAMES.get(i % NAMES.size()),
              between(x, random),
              between(y, random),
              i % 2 * Math.abs(y[1] - y[0]) / 9,
              random.nextDouble()));
    }
    return bubbles;
  }

  @Test
  void theAreaOfABubbleIsItsShare() {
    List<Bubble> bubbles =
        List.of(new Bubble("one", 1, 2, 0, 0.25), new Bubble("another", 100, 3, 0, 1));
    Drawing drawing = new BubblePlot("fid", "seconds", "coverage", bubbles).drawing().orElseThrow();
    List<Dot> dots = drawing.data().stream().map(Dot.class::cast).toList();
    assertEquals(dots.get(0).radius(), 2 * dots.get(1).radius(), 1e-9, "the larger one is behind");
    List<String> words = labels(drawing).stream().map(Label::text).toList();
    assertTrue(words.containsAll(List.of("one", "another", "coverage")), words.toString());
  }

  private static List<Series> series(int count, double[] x, double[] y) {
    Random random = new Random(count);
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Sample> samples = new ArrayList<>();
      for (int k = 0; k <= i % 5; k++) {
        double middle = between(y, random);
        double spread = k % 2 * Math.abs(y[1] - y[0]) / 9;
        samples.add(
            new Sample(x[0] + (x[1] - x[0]) * k / 5, middle, middle - spread, middle + spread));
      }
      series.add(new Series(NAMES.get(i % NAMES.size()), samples));
    }
    return series;
  }

  private static double between(double[] range, Random random) {
    return range[0] + (range[1] - range[0]) * random.nextDouble();
  }

  @Test
  void valuesOfAKeyHaveTheirOwnTicks() {
    List<Sample> samples =
        List.of(Sample.of(1, 5), Sample.of(2, 4), Sample.of(4, 3), Sample.of(8, 2));
    Drawing drawing =
        new LinePlot("fid", "schedule.steps", Style.STEPS, List.of(new Series("", samples)))
            .drawing()
            .orElseThrow();
    List<String> words = labels(drawing).stream().map(Label::text).toList();
    assertTrue(words.containsAll(List.of("1", "2", "4", "8")), words.toString());
    List<Double> places =
        drawing.data().stream()
            .filter(Dot.class::isInstance)
            .map(mark -> ((Dot) mark).centre().x())
            .toList();
    for (int i = 0; i < samples.size(); i++) {
      String tick = String.valueOf((int) samples.get(i).x());
      double at =
          labels(drawing).stream()
              .filter(
                  label -> label.text().equals(tick) && label.at().y() > drawing.area().bottom())
              .findFirst()
              .orElseThrow()
              .at()
              .x();
      assertEquals(places.get(i), at, 1e-9, tick);
    }
  }

  @Test
  void whatHasNoNumberIsNotDrawn() {
    assertFalse(new IntervalPlot("fid", List.of()).drawing().isPresent());
    assertFalse(new BubblePlot("fid", "s", "recall", List.of()).drawing().isPresent());
    assertFalse(
        new LinePlot("fid", "steps", Style.CURVES, List.of(new Series("a", List.of())))
            .drawing()
            .isPresent());
  }

  @Test
  void drawingsBelowEachOtherDoNotMeet() {
    Drawing one =
        new LinePlot("one", "steps", Style.STEPS, series(3, RANGES.get(0), RANGES.get(1)))
            .drawing()
            .orElseThrow();
    Drawing both = Drawing.stacked("both", List.of(one, one));
    assertEquals(2 * one.height(), both.height());
    assertSound(both);
  }

  private static void assertSound(Drawing drawing) {
    Box all = new Box(0, 0, drawing.width(), drawing.height()).grown(1e-6);
    Stream.concat(drawing.frame().stream(), drawing.data().stream())
        .forEach(mark -> assertTrue(all.contains(mark.bounds()), () -> mark + " is outside"));
    Box area = drawing.area().grown(1e-6);
    drawing
        .data()
        .forEach(
            mark ->
                assertTrue(area.contains(mark.bounds()), () -> mark + " is outside of " + area));
    assertTrue(area.width() > 150 && area.height() > 20, area::toString);
    List<Label> labels = labels(drawing);
    for (int i = 0; i < labels.size(); i++) {
      for (int k = 0; k < i; k++) {
        Label one = labels.get(i);
        Label other = labels.get(k);
        assertFalse(one.bounds().overlaps(other.bounds()), () -> one + " lies over " + other);
      }
    }
  }

  private static List<Label> labels(Drawing drawing) {
    return drawing.frame().stream().filter(Label.class::isInstance).map(Label.class::cast).toList();
  }
}
