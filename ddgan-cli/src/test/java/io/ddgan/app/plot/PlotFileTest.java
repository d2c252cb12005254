package io.ddgan.app.plot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.app.plot.LinePlot.Sample;
import io.ddgan.app.plot.LinePlot.Series;
import io.ddgan.app.plot.LinePlot.Style;
import java.io.StringReader;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PlotFileTest {

  private static final String HOSTILE = "a<b>&\"c\" (d)\\ ü 扩";

  private static Drawing drawing() {
    List<Sample> samples = List.of(Sample.of(1, 2), new Sample(2, 3, 2, 4));
    return new LinePlot(
            HOSTILE + " ↓",
            "x",
            Style.CURVES,
            List.of(new Series(HOSTILE, samples), new Series("b", samples)))
        .drawing()
        .orElseThrow();
  }

  @Test
  void svgIsXmlWithAllWordsAndMarks() throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(Svg.file(drawing()))));
    assertEquals(HOSTILE + " ↓", document.getElementsByTagName("title").item(0).getTextContent());
    assertEquals(
        drawing().frame().stream().filter(Mark.Label.class::isInstance).count(),
        document.getElementsByTagName("text").getLength());
    assertEquals(2, document.getElementsByTagName("polygon").getLength(), "bands");
    assertEquals(
        "http://www.w3.org/2000/svg",
        document.getDocumentElement().getNamespaceURI() == null
            ? document.getDocumentElement().getAttribute("xmlns")
            : document.getDocumentElement().getNamespaceURI());
  }

  @Test
  void aDrawingOnAPageHasColoursOfBothBackgrounds() {
    String element = Svg.element(drawing());
    assertTrue(element.startsWith("<svg viewBox="), element);
    Matcher classes = Pattern.compile("class=\"((?:fill|line)-[a-z0-9]+)\"").matcher(element);
    while (classes.find()) {
      assertTrue(Svg.STYLE.contains("." + classes.group(1) + " {"), classes.group(1));
    }
  }

  @Test
  void pdfHasItsObjectsWhereItsTableSays() {
    String pdf = new String(Pdf.file(drawing()), ISO_8859_1);
    assertTrue(pdf.startsWith("%PDF-1.4\n") && pdf.endsWith("%%EOF\n"));
    Matcher start = Pattern.compile("startxref\n(\\d+)\n").matcher(pdf);
    assertTrue(start.find());
    String table = pdf.substring(Integer.parseInt(start.group(1)));
    assertTrue(table.startsWith("xref\n"));
    Matcher places = Pattern.compile("(\\d{10}) 00000 n ").matcher(table);
    int number = 0;
    while (places.find()) {
      number++;
      assertTrue(
          pdf.startsWith(number + " 0 obj\n", Integer.parseInt(places.group(1))),
          "object " + number);
    }
    assertEquals(8, number);
    assertTrue(pdf.contains("(a<b>&\"c\" \\(d\\)\\\\ \u00fc ?) Tj"), pdf);
    assertTrue(pdf.contains("(a<b>&\"c\" \\(d\\)\\\\ \u00fc ? ) Tj /S 14 Tf (\\257) Tj"), pdf);
    Matcher length = Pattern.compile("/Length (\\d+) >>\nstream\n").matcher(pdf);
    assertTrue(length.find());
    assertTrue(pdf.startsWith("\nendstream", length.end() + Integer.parseInt(length.group(1))));
  }
}
