package io.ddgan.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.app.report.Figure.Sample;
import io.ddgan.app.report.Figure.Series;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class FigureTest {

  private static final String HOSTILE = "a<b>&\"c\" (d)\\ ü 扩 ↓";

  /** Draws points and a curve of two numbers. */
  private static List<Figure> figures(double from, double to) {
    List<Sample> samples = List.of(new Sample(from, to, 0), new Sample(to, from, to - from));
    List<Sample> many = Collections.nCopies(10, samples).stream().flatMap(List::stream).toList();
    return Stream.of(samples, many)
        .map(each -> Figure.lines(HOSTILE, "x", List.of(new Series(HOSTILE, each))))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "-3, 5",
    "770.5, 770.6",
    "1e-9, 3e-7",
    "2, 4e8",
    "-1e12, 1e12",
    "5, 5",
    "0, 0",
    "1e100, 2e100",
    "1e-100, 2e-100",
    "123456789, 123456790"
  })
  void drawsNumbersOfAnyMagnitude(double from, double to) throws Exception {
    for (Figure figure : figures(from, to)) {
      Document document = parsed(figure.svg());
      assertTrue(texts(document).contains(HOSTILE), texts(document).toString());
      assertFalse(figure.svg().contains("NaN"), figure.svg());
    }
  }

  @Test
  void stackedFiguresShareAnAxisAndKeepTheirTitles() throws Exception {
    List<Figure> lines = new ArrayList<>();
    for (String title : List.of("fid", "recall")) {
      List<Sample> samples = List.of(new Sample(1, 2, 0), new Sample(500, 1, 0));
      lines.add(Figure.lines(title, "", List.of(new Series("", samples))));
    }
    Figure stacked = Figure.stacked("steps", lines);
    List<String> texts = texts(parsed(stacked.svg()));
    assertEquals(1, texts.stream().filter("500"::equals).count(), texts.toString());
    List<String> titles = new ArrayList<>();
    for (Object plot : ((CombinedDomainXYPlot) stacked.chart().getXYPlot()).getSubplots()) {
      titles.add(((XYPlot) plot).getRangeAxis().getLabel());
    }
    assertEquals(List.of("fid", "recall"), titles);
  }

  @Test
  void wideRangesAreLogarithmic() {
    List<Sample> samples = List.of(new Sample(0.1, 1, 0), new Sample(100, 2, 0));
    Figure figure = Figure.lines("fid", "s", List.of(new Series("", samples)));
    assertInstanceOf(LogAxis.class, figure.chart().getXYPlot().getDomainAxis());
    assertInstanceOf(NumberAxis.class, figure.chart().getXYPlot().getRangeAxis());
  }

  private static Document parsed(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
  }

  private static List<String> texts(Document document) {
    NodeList nodes = document.getElementsByTagName("text");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }
}
