package io.ddgan.cli.report;

import io.ddgan.api.Metric.Measure;
import io.ddgan.cli.report.Comparison.Group;
import io.ddgan.cli.sweep.Spread;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Plots of a comparison, as PNG files. */
final class Charts {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;

  /** More curves in one plot cannot be told from each other. */
  static final int MOST_CURVES = 12;

  private Charts() {}

  /** A measure of all configurations: a bar for each mean, with its deviation. */
  static byte[] bars(Comparison comparison, Measure measure) throws IOException {
    List<String> names = new ArrayList<>();
    List<Double> means = new ArrayList<>();
    List<Double> deviations = new ArrayList<>();
    for (Group group : comparison.groups()) {
      Optional<Spread> spread = group.spread(measure);
      if (spread.isPresent() && Double.isFinite(spread.get().mean())) {
        names.add(group.label());
        means.add(spread.get().mean());
        deviations.add(deviation(spread.get()));
      }
    }
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT + 8 * names.stream().mapToInt(String::length).max().orElse(0) / 2)
            .title(measure.name())
            .build();
    chart.getStyler().setLegendVisible(false).setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setAvailableSpaceFill(0.6);
    chart.getStyler().setXAxisLabelRotation(45);
    if (!names.isEmpty()) {
      chart.addSeries(measure.name(), names, means, deviations);
    }
    return png(chart);
  }

  private static double deviation(Spread spread) {
    return spread.count() < 2 ? 0 : spread.deviation();
  }

  /** A measure over a key whose values are numbers: a line for the others' values. */
  static byte[] lines(String key, Measure measure, Map<String, List<Group>> lines)
      throws IOException {
    XYChart chart = xy(measure.name(), key);
    boolean alone = lines.size() == 1;
    chart.getStyler().setLegendVisible(!alone);
    for (Map.Entry<String, List<Group>> line : lines.entrySet()) {
      List<Group> sorted =
          line.getValue().stream()
              .filter(group -> group.spread(measure).isPresent())
              .sorted(java.util.Comparator.comparing(group -> Double.valueOf(group.value(key))))
              .toList();
      if (!sorted.isEmpty()) {
        XYSeries series =
            chart.addSeries(
                alone ? measure.name() : line.getKey(),
                sorted.stream().map(group -> Double.valueOf(group.value(key))).toList(),
                sorted.stream().map(group -> group.spread(measure).orElseThrow().mean()).toList(),
                sorted.stream()
                    .map(group -> deviation(group.spread(measure).orElseThrow()))
                    .toList());
        series.setMarker(SeriesMarkers.CIRCLE);
      }
    }
    return png(chart);
  }

  /** A column of the metrics over the steps: a curve for each configuration's first run. */
  static byte[] curves(List<Group> groups, String column) throws IOException {
    XYChart chart = xy(column, "training step");
    for (Group group : groups) {
      SortedMap<Long, Double> curve = group.runs().get(0).curves().get(column);
      if (curve != null && !chart.getSeriesMap().containsKey(group.label())) {
        XYSeries series =
            chart.addSeries(
                group.label(), List.copyOf(curve.keySet()), List.copyOf(curve.values()));
        series.setMarker(curve.size() > 20 ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
        series.setLineStyle(new BasicStroke(1.2f));
      }
    }
    return png(chart);
  }

  private static XYChart xy(String title, String axis) {
    XYChart chart =
        new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title).xAxisTitle(axis).build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    return chart;
  }

  private static byte[] png(Chart<?, ?> chart) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BitmapEncoder.saveBitmap(chart, out, BitmapFormat.PNG);
    return out.toByteArray();
  }
}
