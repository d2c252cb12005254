package io.ddgan.app.plot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.ddgan.app.plot.Mark.Area;
import io.ddgan.app.plot.Mark.Dot;
import io.ddgan.app.plot.Mark.Label;
import io.ddgan.app.plot.Mark.Stroke;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Writes a drawing as PDF, a page of its size (ISO 32000-1). Words are in Helvetica, which every
 * reader has; letters outside of Windows' Latin alphabet become question marks.
 */
public final class Pdf {

  private static final double OPACITY = 0.18;

  /** Of the font Symbol. */
  private static final String DOWN = "\\257";

  private static final String UP = "\\255";

  private static final Charset LETTERS = Charset.forName("windows-1252");

  /** Distance of a circle's control points from its corners' tangents, in radii. */
  private static final double ROUND = 0.5523;

  private Pdf() {}

  /** The bytes of the file. */
  public static byte[] file(Drawing drawing) {
    String content =
        drawing.marks().stream()
            .map(mark -> mark(mark, drawing.height()))
            .collect(Collectors.joining());
    List<String> objects =
        List.of(
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %s %s] /Contents 4 0 R /Resources << /Font << /F 5 0 R /S 8 0 R >> /ExtGState << /A 6 0 R /O 7 0 R >> >> >>"
                .formatted(Svg.number(drawing.width()), Svg.number(drawing.height())),
            "<< /Length %d >>\nstream\n%s\nendstream".formatted(content.length(), content),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            "<< /Type /ExtGState /ca %s >>".formatted(Svg.number(OPACITY)),
            "<< /Type /ExtGState /ca 1 >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<Integer> places = new ArrayList<>();
    out.writeBytes("%PDF-1.4\n".getBytes(ISO_8859_1));
    for (int i = 0; i < objects.size(); i++) {
      places.add(out.size());
      out.writeBytes(
          "%d 0 obj\n%s\nendobj\n".formatted(i + 1, objects.get(i)).getBytes(ISO_8859_1));
    }
    int table = out.size();
    out.writeBytes(
        "xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
            .formatted(
                objects.size() + 1,
                places.stream()
                    .map(place -> String.format(Locale.ROOT, "%010d 00000 n \n", place))
                    .collect(Collectors.joining()),
                objects.size() + 1,
                table)
            .getBytes(ISO_8859_1));
    return out.toByteArray();
  }

  private static String mark(Mark mark, double height) {
    if (mark instanceof Stroke stroke) {
      return "%s RG %s w [%s] 0 d\n%sS\n"
          .formatted(
              colour(stroke.ink()),
              Svg.number(stroke.width()),
              stroke.dashText(),
              path(stroke.points(), height));
    }
    if (mark instanceof Area area) {
      return "/A gs %s rg\n%sf\n/O gs\n".formatted(colour(area.ink()), path(area.points(), height));
    }
    if (mark instanceof Dot dot) {
      return "%s rg\n%sf\n".formatted(colour(dot.ink()), circle(dot, height));
    }
    return text((Label) mark, height);
  }

  /** An arrow at the end comes from the font Symbol, as Helvetica has none. */
  private static String text(Label label, double height) {
    String text = label.text();
    String arrow = text.endsWith("↓") ? DOWN : text.endsWith("↑") ? UP : "";
    String words = arrow.isEmpty() ? text : text.substring(0, text.length() - 1);
    return "BT %s rg /F %s Tf %s %s Td (%s) Tj%s ET\n"
        .formatted(
            colour(label.ink()),
            Svg.number(label.size()),
            Svg.number(label.bounds().left()),
            Svg.number(height - label.at().y()),
            escaped(words),
            arrow.isEmpty() ? "" : " /S %s Tf (%s) Tj".formatted(Svg.number(label.size()), arrow));
  }

  private static String path(List<Point> points, double height) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < points.size(); i++) {
      path.append(at(points.get(i).x(), points.get(i).y(), height)).append(i == 0 ? "m\n" : "l\n");
    }
    return path.toString();
  }

  private static String circle(Dot dot, double height) {
    double x = dot.centre().x();
    double y = dot.centre().y();
    double r = dot.radius();
    double c = ROUND * r;
    return at(x + r, y, height)
        + "m\n"
        + at(x + r, y + c, height)
        + at(x + c, y + r, height)
        + at(x, y + r, height)
        + "c\n"
        + at(x - c, y + r, height)
        + at(x - r, y + c, height)
        + at(x - r, y, height)
        + "c\n"
        + at(x - r, y - c, height)
        + at(x - c, y - r, height)
        + at(x, y - r, height)
        + "c\n"
        + at(x + c, y - r, height)
        + at(x + r, y - c, height)
        + at(x + r, y, height)
        + "c\n";
  }

  /** PDF counts from below. */
  private static String at(double x, double y, double height) {
    return "%s %s ".formatted(Svg.number(x), Svg.number(height - y));
  }

  private static String colour(Ink ink) {
    int rgb = Integer.parseInt(ink.light(), 16);
    return "%s %s %s".formatted(share(rgb >> 16), share(rgb >> 8), share(rgb));
  }

  private static String share(int value) {
    return Svg.number((value & 0xff) / 255.0);
  }

  /** As bytes of the font's alphabet, in the letters that the file's bytes are written as. */
  private static String escaped(String text) {
    return new String(text.getBytes(LETTERS), ISO_8859_1).replaceAll("[\\\\()]", "\\\\$0");
  }
}
