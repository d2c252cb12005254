package io.ddgan.train.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws numbers over the steps of a training, each in a plot of its own. */
public final class CurvePlot {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 320;

  private CurvePlot() {}

  /**
   * Writes the plots, one below the other.
   *
   * @param curves number by step, by name
   * @param file the PNG file
   * @throws IOException if it cannot be written
   */
  public static void write(Map<String, SortedMap<Long, Double>> curves, Path file)
      throws IOException {
    BufferedImage all =
        new BufferedImage(WIDTH, HEIGHT * curves.size(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = all.createGraphics();
    int top = 0;
    for (Map.Entry<String, SortedMap<Long, Double>> curve : curves.entrySet()) {
      BufferedImage plot = BitmapEncoder.getBufferedImage(plot(curve.getKey(), curve.getValue()));
      graphics.drawImage(plot, 0, top, null);
      top += HEIGHT;
    }
    graphics.dispose();
    Png.write(all, file);
  }

  private static XYChart plot(String name, SortedMap<Long, Double> curve) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(name)
            .xAxisTitle("training step")
            .build();
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    XYSeries series =
        chart.addSeries(name, List.copyOf(curve.keySet()), List.copyOf(curve.values()));
    series.setMarker(SeriesMarkers.CIRCLE);
    return chart;
  }
}
