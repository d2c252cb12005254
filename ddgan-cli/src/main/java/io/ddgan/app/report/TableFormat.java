package io.ddgan.app.report;

import io.ddgan.app.experiment.SeedStatistics;
import io.ddgan.app.report.ReportTable.Cell;
import io.ddgan.app.report.ReportTable.Row;
import io.ddgan.train.run.CsvTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVPrinter;

/** Formats in which a table of results leaves for papers and other programs. */
public enum TableFormat {
  MARKDOWN("md") {
    @Override
    String text(ReportTable table) {
      List<String> lines = lines(table, TableFormat::inMarkdown, "**%s**", " | ");
      String rule =
          "| --- ".repeat(table.names().size()) + "| --: ".repeat(table.measures().size());
      lines.add(1, rule.substring(2).strip());
      return String.join("", lines.stream().map("| %s |\n"::formatted).toList());
    }
  },

  /** With the rules of the package booktabs. */
  LATEX("tex") {
    @Override
    String text(ReportTable table) {
      List<String> lines = lines(table, TableFormat::inLatex, "\\textbf{%s}", " & ");
      String columns = "l".repeat(table.names().size()) + "r".repeat(table.measures().size());
      lines.add(0, "\\begin{tabular}{" + columns + "}\n\\toprule");
      lines.set(1, lines.get(1) + " \\\\\n\\midrule");
      for (int i = 2; i < lines.size(); i++) {
        lines.set(i, lines.get(i) + " \\\\");
      }
      return String.join("\n", lines) + "\n\\bottomrule\n\\end{tabular}\n";
    }
  },

  /** With all digits, and deviation and number of seeds in columns of their own. */
  CSV("csv") {
    @Override
    String text(ReportTable table) {
      StringBuilder text = new StringBuilder();
      try (CSVPrinter printer = new CSVPrinter(text, CsvTable.FORMAT)) {
        List<String> header = new ArrayList<>(table.names());
        table
            .measures()
            .forEach(
                one ->
                    header.addAll(
                        List.of(one.name(), one.name() + "-deviation", one.name() + "-count")));
        printer.printRecord(header);
        for (Row row : table.rows()) {
          List<Object> cells = new ArrayList<>(row.names());
          for (Cell cell : row.numbers()) {
            SeedStatistics of = cell.statistics().orElse(SeedStatistics.NONE);
            cells.add(of.count() < 1 ? "" : of.mean());
            cells.add(of.count() < 2 ? "" : of.deviation());
            cells.add(of.count());
          }
          printer.printRecord(cells);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("writing to memory cannot fail", e);
      }
      return text.toString();
    }
  };

  private static final Pattern SPECIAL = Pattern.compile("[\\\\&%$#_{}~^]");

  private final String extension;

  TableFormat(String extension) {
    this.extension = extension;
  }

  /** A comparison's table, ready to paste. */
  public String text(RunComparison comparison) {
    return text(ReportTable.of(comparison));
  }

  abstract String text(ReportTable table);

  /** What names of its files end in, without the dot. */
  public String extension() {
    return extension;
  }

  /** The header and the rows. */
  private static List<String> lines(
      ReportTable table, UnaryOperator<String> escaped, String best, String between) {
    List<String> lines = new ArrayList<>();
    List<String> header = new ArrayList<>(table.names());
    table.measures().forEach(measure -> header.add(ReportTable.heading(measure)));
    lines.add(String.join(between, header.stream().map(escaped).toList()));
    for (Row row : table.rows()) {
      List<String> cells = new ArrayList<>(row.names().stream().map(escaped).toList());
      for (Cell cell : row.numbers()) {
        String number = escaped.apply(cell.text());
        cells.add(cell.isBest() ? best.formatted(number) : number);
      }
      lines.add(String.join(between, cells));
    }
    return lines;
  }

  private static String inMarkdown(String cell) {
    return cell.replaceAll("\\R", " ").replaceAll("[|\\\\`*_<$]", "\\\\$0");
  }

  private static String inLatex(String cell) {
    return SPECIAL
        .matcher(cell.replaceAll("\\R", " "))
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    switch (found.group()) {
                      case "\\" -> "\\textbackslash{}";
                      case "~", "^" -> "\\" + found.group() + "{}";
                      default -> "\\" + found.group();
                    }))
        .replace("±", "$\\pm$")
        .replace("↓", "$\\downarrow$")
        .replace("↑", "$\\uparrow$")
        .replace("–", "--");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
