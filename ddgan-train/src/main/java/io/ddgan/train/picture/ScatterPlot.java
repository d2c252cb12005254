package io.ddgan.train.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Draws generated points in orange over real ones in blue. The plot shows the square around the
 * origin that contains the real points; points outside are drawn at its edge. Grid lines are 1/2
 * apart, times a power of two if there would be too many or too few.
 *
 * @param side height and width of the picture in pixels
 */
record ScatterPlot(int side) {

  private static final double PAPER = 0.985;
  private static final double MARGIN = 0.03;
  private static final double SPACING = 0.5;
  private static final int BLUE = 0x4C78A8;
  private static final int ORANGE = 0xF26B1D;
  private static final int GRID = 0xDFE3E8;
  private static final int FRAME = 0x6B7280;

  /**
   * Writes the plot with a description of its colours and the number of points outside.
   *
   * @param real real points, {@code [N, 2]}
   * @param generated generated points, {@code [M, 2]}
   */
  void write(float[] real, float[] generated, Path file) throws IOException {
    Png.write(draw(real, generated), Optional.of(description(real, generated)), file);
  }

  private static String description(float[] real, float[] generated) {
    double reach = reach(real.length > 0 ? real : generated);
    long outside =
        IntStream.range(0, generated.length / 2)
            .filter(
                i -> !(isWithin(generated[2 * i], reach) && isWithin(generated[2 * i + 1], reach)))
            .count();
    String colours = real.length > 0 ? "blue: data, orange: generated" : "generated points";
    return outside == 0
        ? colours
        : "%s; %,d of %,d generated points are outside the plot, drawn at its edge"
            .formatted(colours, outside, generated.length / 2);
  }

  private static boolean isWithin(float coordinate, double reach) {
    return Math.abs(coordinate) < reach;
  }

  /**
   * Draws the plot.
   *
   * @param real real points, {@code [N, 2]}
   * @param generated generated points, {@code [M, 2]}
   */
  BufferedImage draw(float[] real, float[] generated) {
    Canvas canvas = new Canvas(side, PAPER);
    double reach = reach(real.length > 0 ? real : generated);
    double margin = side * MARGIN;
    double scale = (side - 2 * margin) / (2 * reach);
    double middle = side / 2.0;
    double spacing = spacing(reach);
    int lines = (int) (reach / spacing);
    for (int line = -lines; line <= lines; line++) {
      double at = middle + line * spacing * scale;
      double width = line == 0 ? 2 : 1;
      canvas.box(at - width / 2, margin, at + width / 2, side - margin, GRID);
      canvas.box(margin, at - width / 2, side - margin, at + width / 2, GRID);
    }
    canvas.box(margin, margin, side - margin, margin + 1, FRAME);
    canvas.box(margin, side - margin - 1, side - margin, side - margin, FRAME);
    canvas.box(margin, margin, margin + 1, side - margin, FRAME);
    canvas.box(side - margin - 1, margin, side - margin, side - margin, FRAME);
    double radius = Math.max(1, side / 400.0);
    scatter(canvas, real, scale, radius, BLUE, 0.35);
    scatter(canvas, generated, scale, radius, ORANGE, 0.65);
    return canvas.image();
  }

  private void scatter(
      Canvas canvas, float[] points, double scale, double radius, int colour, double opacity) {
    for (int i = 0; i + 1 < points.length; i += 2) {
      double x = side / 2.0 + scale * points[i];
      double y = side / 2.0 - scale * points[i + 1];
      if (!Double.isNaN(x) && !Double.isNaN(y)) {
        canvas.disc(inFrame(x), inFrame(y), radius, colour, opacity);
      }
    }
  }

  private double inFrame(double position) {
    return Math.max(side * MARGIN, Math.min(side * (1 - MARGIN), position));
  }

  private static double spacing(double reach) {
    double spacing = SPACING;
    while (reach / spacing > 8) {
      spacing *= 2;
    }
    while (reach / spacing < 1) {
      spacing /= 2;
    }
    return spacing;
  }

  /** Returns half the side of the plotted square: the largest coordinate plus a margin. */
  private static double reach(float[] points) {
    double farthest = 0;
    for (float coordinate : points) {
      farthest = Math.max(farthest, Float.isFinite(coordinate) ? Math.abs(coordinate) : 0);
    }
    return farthest == 0 ? 1 : 1.12 * farthest;
  }
}
