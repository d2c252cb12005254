package io.ddgan.app.plot;

import io.ddgan.app.plot.Mark.Area;
import io.ddgan.app.plot.Mark.Dot;
import io.ddgan.app.plot.Mark.Label;
import io.ddgan.app.plot.Mark.Stroke;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes drawings as SVG, for pages and as files of their own. */
public final class Svg {

  private static final String FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif";
  private static final String OPACITY = "0.18";
  private static final int DECIMALS = 2;

  /** What makes drawings readable on a dark background. */
  public static final String STYLE =
      "@media screen and (prefers-color-scheme: dark) {\n"
          + Ink.all().stream()
              .map(
                  ink ->
                      "  .fill-%s { fill: #%s } .line-%s { stroke: #%s }\n"
                          .formatted(ink.name(), ink.dark(), ink.name(), ink.dark()))
              .collect(Collectors.joining())
          + "}\n";

  private final XMLStreamWriter xml;

  private Svg(XMLStreamWriter xml) {
    this.xml = xml;
  }

  /** A drawing as part of a page that has the {@link #STYLE}. */
  public static String element(Drawing drawing) {
    return text(drawing, false);
  }

  /** A drawing as a file of its own. */
  public static String file(Drawing drawing) {
    return text(drawing, true) + "\n";
  }

  private static String text(Drawing drawing, boolean isFile) {
    StringWriter out = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      new Svg(xml).write(drawing, isFile);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing XML to memory cannot fail", e);
    }
    return out.toString();
  }

  private void write(Drawing drawing, boolean isFile) throws XMLStreamException {
    xml.writeStartElement("svg");
    if (isFile) {
      xml.writeDefaultNamespace("http://www.w3.org/2000/svg");
      attribute("width", drawing.width());
      attribute("height", drawing.height());
    }
    xml.writeAttribute(
        "viewBox", "0 0 %s %s".formatted(number(drawing.width()), number(drawing.height())));
    xml.writeAttribute("role", "img");
    xml.writeAttribute("font-family", FONT);
    xml.writeStartElement("title");
    xml.writeCharacters(drawing.title());
    xml.writeEndElement();
    if (isFile) {
      xml.writeStartElement("style");
      xml.writeCharacters(STYLE);
      xml.writeEndElement();
    }
    for (Mark mark : drawing.marks()) {
      write(mark);
    }
    xml.writeEndElement();
  }

  private void write(Mark mark) throws XMLStreamException {
    if (mark instanceof Stroke stroke) {
      xml.writeEmptyElement("polyline");
      xml.writeAttribute("points", points(stroke.points()));
      xml.writeAttribute("class", "line-" + stroke.ink().name());
      xml.writeAttribute("fill", "none");
      xml.writeAttribute("stroke", "#" + stroke.ink().light());
      attribute("stroke-width", stroke.width());
      if (!stroke.dash().isEmpty()) {
        xml.writeAttribute("stroke-dasharray", stroke.dashText());
      }
    } else if (mark instanceof Area area) {
      xml.writeEmptyElement("polygon");
      xml.writeAttribute("points", points(area.points()));
      fill(area.ink());
      xml.writeAttribute("fill-opacity", OPACITY);
    } else if (mark instanceof Dot dot) {
      xml.writeEmptyElement("circle");
      attribute("cx", dot.centre().x());
      attribute("cy", dot.centre().y());
      attribute("r", dot.radius());
      fill(dot.ink());
    } else if (mark instanceof Label label) {
      xml.writeStartElement("text");
      attribute("x", label.at().x());
      attribute("y", label.at().y());
      attribute("font-size", label.size());
      xml.writeAttribute(
          "text-anchor",
          switch (label.anchor()) {
            case START -> "start";
            case MIDDLE -> "middle";
            case END -> "end";
          });
      fill(label.ink());
      xml.writeCharacters(label.text());
      xml.writeEndElement();
    }
  }

  private void fill(Ink ink) throws XMLStreamException {
    xml.writeAttribute("class", "fill-" + ink.name());
    xml.writeAttribute("fill", "#" + ink.light());
  }

  private void attribute(String name, double value) throws XMLStreamException {
    xml.writeAttribute(name, number(value));
  }

  private static String points(List<Point> points) {
    return points.stream()
        .map(point -> number(point.x()) + "," + number(point.y()))
        .collect(Collectors.joining(" "));
  }

  static String number(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
