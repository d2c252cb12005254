package io.ddgan.app.report;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/**
 * A chart of at least one finite number.
 *
 * @param title its title
 * @param height height in pixels
 */
public record Figure(String title, JFreeChart chart, int height) {

  private static final String NAMESPACE = "http://www.w3.org/2000/svg";

  private static final String NO_FONTS =
      "no fonts for the axes; install fontconfig and a font such as DejaVu";

  private static final int WIDTH = 480;
  private static final int HEIGHT = 300;
  private static final int ROW = 26;
  private static final int LETTER = 8;

  /** The ratio of numbers from which an axis is logarithmic. */
  private static final double FAR_APART = 99.99;

  private static final int MOST_POWERS = 8;

  /** The maximum number of points on a line that are drawn as dots. */
  private static final int MOST_POINTS = 12;

  /** Diameter of a dot in pixels. */
  private static final double DOT = 7;

  /** Opacity of bands, which may overlap. */
  private static final float BAND = 0.2f;

  /** Margins at the ends of an axis, as a fraction of it. */
  private static final double MARGIN = 0.08;

  /** A palette for colour-blind readers (after Okabe and Ito). */
  private static final List<Color> COLOURS =
      Stream.of(0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xb8860b, 0x56b4e9, 0x7a52c7, 0x555555)
          .map(Color::new)
          .toList();

  /**
   * A point.
   *
   * @param x horizontal position
   * @param y vertical position
   * @param spread half the length of the interval around y; 0 for none
   */
  public record Sample(double x, double y, double spread) {}

  /**
   * A line of a chart.
   *
   * @param name name in the legend; empty for none
   * @param samples at least one point
   */
  public record Series(String name, List<Sample> samples) {}

  /**
   * Draws lines: few points as dots with error bars, many as a curve with a band.
   *
   * @param title the quantity on the vertical axis
   * @param across the quantity on the horizontal axis
   */
  public static Figure lines(String title, String across, List<Series> series) {
    boolean isCurve = series.stream().anyMatch(one -> one.samples().size() > MOST_POINTS);
    DeviationRenderer band = new DeviationRenderer(true, false);
    band.setAlpha(BAND);
    XYLineAndShapeRenderer renderer = isCurve ? band : new XYErrorRenderer();
    renderer.setDefaultLinesVisible(true);
    for (int i = 0; i < series.size(); i++) {
      Color colour = COLOURS.get(i % COLOURS.size());
      renderer.setSeriesPaint(i, colour);
      renderer.setSeriesFillPaint(i, colour);
      renderer.setSeriesShape(i, new Ellipse2D.Double(-DOT / 2, -DOT / 2, DOT, DOT));
      renderer.setSeriesShapesVisible(i, !isCurve || series.get(i).samples().size() == 1);
    }
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    for (Series one : series) {
      YIntervalSeries numbers = new YIntervalSeries(one.name());
      one.samples()
          .forEach(at -> numbers.add(at.x(), at.y(), at.y() - at.spread(), at.y() + at.spread()));
      data.addSeries(numbers);
    }
    List<Sample> all = series.stream().flatMap(one -> one.samples().stream()).toList();
    ValueAxis right = axis(across, all.stream().mapToDouble(Sample::x));
    ValueAxis up =
        axis(
            null,
            all.stream()
                .flatMapToDouble(
                    at -> DoubleStream.of(at.y() - at.spread(), at.y() + at.spread())));
    boolean isNamed = series.stream().anyMatch(one -> !one.name().isEmpty());
    int legend =
        series.stream().mapToInt(one -> (one.name().length() + 5) * LETTER).sum() / WIDTH + 1;
    return figure(
        title,
        new XYPlot(data, right, up, renderer),
        isNamed,
        HEIGHT + (isNamed ? legend * ROW * 2 / 3 : 0));
  }

  /** Stacks charts of lines over one horizontal axis. */
  public static Figure stacked(String across, List<Figure> figures) {
    NumberAxis right = new NumberAxis(across);
    right.setAutoRangeIncludesZero(false);
    CombinedDomainXYPlot plot = new CombinedDomainXYPlot(right);
    plot.setGap(15);
    for (Figure figure : figures) {
      XYPlot each = figure.chart().getXYPlot();
      each.getRangeAxis().setLabel(figure.title());
      plot.add(each);
    }
    return figure("", plot, false, HEIGHT * Math.max(1, figures.size()));
  }

  private static ValueAxis axis(String label, DoubleStream numbers) {
    double[] all = numbers.toArray();
    DoubleSummaryStatistics range = Arrays.stream(all).summaryStatistics();
    ValueAxis axis;
    if (range.getMin() > 0 && range.getMax() / range.getMin() >= FAR_APART) {
      LogAxis logarithmic = new LogAxis(label);
      double powers = Math.log10(range.getMax()) - Math.log10(range.getMin());
      logarithmic.setTickUnit(new NumberTickUnit(Math.ceil(powers / MOST_POWERS)));
      axis = logarithmic;
    } else {
      NumberAxis linear = new NumberAxis(label);
      linear.setAutoRangeIncludesZero(false);
      if (Arrays.stream(all).allMatch(x -> x == Math.rint(x))) {
        linear.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
      }
      axis = linear;
    }
    if (range.getMin() == range.getMax()) {
      axis.setAutoRangeMinimumSize(range.getMin() == 0 ? 1 : Math.abs(range.getMin()) / 5);
    }
    axis.setLowerMargin(MARGIN);
    axis.setUpperMargin(MARGIN);
    return axis;
  }

  private static Figure figure(String title, Plot plot, boolean hasLegend, int height) {
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlineVisible(false);
    JFreeChart chart =
        new JFreeChart(title, new Font(Font.SANS_SERIF, Font.BOLD, 13), plot, hasLegend);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(6, 6, 6, 12));
    return new Figure(title, chart, height);
  }

  /** Returns the chart as SVG, or a message if Java finds no fonts, as in slim containers. */
  public String svg() {
    try {
      var document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .getDOMImplementation()
              .createDocument(NAMESPACE, "svg", null);
      SVGGraphics2D graphics = new SVGGraphics2D(document);
      graphics.setSVGCanvasSize(new Dimension(WIDTH, height));
      chart.draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, height));
      StringWriter out = new StringWriter();
      graphics.stream(out, true);
      return out.toString();
    } catch (IOException | ParserConfigurationException e) {
      throw new IllegalStateException("drawing in memory cannot fail", e);
    } catch (InternalError | LinkageError e) {
      return "<svg xmlns=\"%s\" width=\"640\" height=\"40\"><text x=\"8\" y=\"25\">%s</text></svg>\n"
          .formatted(NAMESPACE, NO_FONTS);
    }
  }
}
