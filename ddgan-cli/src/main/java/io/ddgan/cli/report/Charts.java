package io.ddgan.cli.report;

import io.ddgan.api.Metric.Measure;
import io.ddgan.cli.report.RunComparison.RunGroup;
import io.ddgan.cli.sweep.TrialStatistics;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Plots of a comparison, as PNG files; empty where there is nothing to draw. */
final class Charts {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;

  /** More curves in one plot cannot be told from each other. */
  static final int MOST_CURVES = 12;

  private Charts() {}

  /** A measure of all configurations: a bar for each mean, with its deviation. */
  static Optional<byte[]> bars(RunComparison comparison, Measure measure) throws IOException {
    List<RunGroup> groups = drawn(comparison.groups(), measure);
    if (groups.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = groups.stream().map(RunGroup::label).toList();
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT + 8 * names.stream().mapToInt(String::length).max().orElse(0) / 2)
            .title(measure.name())
            .build();
    chart.getStyler().setLegendVisible(false).setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setAvailableSpaceFill(0.6);
    chart.getStyler().setXAxisLabelRotation(45);
    chart.addSeries(measure.name(), names, means(groups, measure), deviations(groups, measure));
    return Optional.of(png(chart));
  }

  /** A measure over a key whose values are numbers: a line for the others' values. */
  static Optional<byte[]> lines(String key, Measure measure, Map<String, List<RunGroup>> lines)
      throws IOException {
    XYChart chart = xy(measure.name(), key);
    boolean alone = lines.size() == 1;
    chart.getStyler().setLegendVisible(!alone);
    for (Map.Entry<String, List<RunGroup>> line : lines.entrySet()) {
      add(chart, alone ? measure.name() : line.getKey(), key, measure, line.getValue());
    }
    return drawn(chart);
  }

  /** A measure over a key whose values are numbers, of configurations that differ in others too. */
  static Optional<byte[]> points(String key, Measure measure, List<RunGroup> groups)
      throws IOException {
    XYChart chart = xy(measure.name(), key);
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    add(chart, measure.name(), key, measure, groups);
    return drawn(chart);
  }

  private static void add(
      XYChart chart, String name, String key, Measure measure, List<RunGroup> groups) {
    List<RunGroup> sorted =
        drawn(groups, measure).stream()
            .sorted(Comparator.comparing(group -> Double.valueOf(group.value(key))))
            .toList();
    if (!sorted.isEmpty()) {
      XYSeries series =
          chart.addSeries(
              name,
              sorted.stream().map(group -> Double.valueOf(group.value(key))).toList(),
              means(sorted, measure),
              deviations(sorted, measure));
      series.setMarker(SeriesMarkers.CIRCLE);
    }
  }

  private static List<RunGroup> drawn(List<RunGroup> groups, Measure measure) {
    return groups.stream()
        .filter(group -> group.spread(measure).filter(TrialStatistics::isFinite).isPresent())
        .toList();
  }

  private static List<Double> means(List<RunGroup> groups, Measure measure) {
    return groups.stream().map(group -> group.spread(measure).orElseThrow().mean()).toList();
  }

  private static List<Double> deviations(List<RunGroup> groups, Measure measure) {
    return groups.stream()
        .map(group -> group.spread(measure).orElseThrow())
        .map(spread -> spread.count() < 2 ? 0 : spread.deviation())
        .toList();
  }

  /** Numbers over the steps of training: a curve for each name, as far as they are finite. */
  static Optional<byte[]> curves(String title, Map<String, SortedMap<Long, Double>> curves)
      throws IOException {
    XYChart chart = xy(title, "training step");
    curves.forEach(
        (name, values) -> {
          SortedMap<Long, Double> curve = new TreeMap<>(values);
          curve.values().removeIf(value -> !Double.isFinite(value));
          if (!curve.isEmpty()) {
            XYSeries series =
                chart.addSeries(name, List.copyOf(curve.keySet()), List.copyOf(curve.values()));
            series.setMarker(curve.size() > 20 ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
            series.setLineStyle(new BasicStroke(1.2f));
          }
        });
    return drawn(chart);
  }

  private static XYChart xy(String title, String axis) {
    XYChart chart =
        new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title).xAxisTitle(axis).build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    return chart;
  }

  private static Optional<byte[]> drawn(XYChart chart) throws IOException {
    return chart.getSeriesMap().isEmpty() ? Optional.empty() : Optional.of(png(chart));
  }

  private static byte[] png(Chart<?, ?> chart) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BitmapEncoder.saveBitmap(chart, out, BitmapFormat.PNG);
    return out.toByteArray();
  }
}
