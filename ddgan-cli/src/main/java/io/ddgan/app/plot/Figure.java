package io.ddgan.app.plot;

import java.awt.Dimension;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.StringWriter;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;

/**
 * A chart that is ready for a page or a paper.
 *
 * @param title what it shows
 * @param chart the chart
 * @param width in pixels
 * @param height in pixels
 */
public record Figure(String title, JFreeChart chart, int width, int height) {

  private static final String NAMESPACE = "http://www.w3.org/2000/svg";

  private static final String NO_FONTS =
      "Java finds no fonts to write axes with; install fontconfig and a font such as DejaVu";

  /** The figure as SVG; where Java finds no fonts, as in slim containers, it says so instead. */
  public String svg() {
    try {
      var document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .getDOMImplementation()
              .createDocument(NAMESPACE, "svg", null);
      SVGGraphics2D graphics = new SVGGraphics2D(document);
      graphics.setSVGCanvasSize(new Dimension(width, height));
      chart.draw(graphics, new Rectangle2D.Double(0, 0, width, height));
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
