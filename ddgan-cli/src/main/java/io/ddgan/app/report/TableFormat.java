package io.ddgan.app.report;

import io.ddgan.app.report.ReportTable.Cell;
import io.ddgan.app.report.ReportTable.Row;
import io.ddgan.app.text.Table;
import io.ddgan.train.run.CsvTable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The formats of a table of results. */
public enum TableFormat {
  /** Columns for a terminal, with a star for the best. */
  TEXT {
    @Override
    String text(ReportTable table) {
      Table text = new Table();
      rows(table, UnaryOperator.identity(), "%s *").forEach(text::row);
      StringWriter out = new StringWriter();
      text.print(new PrintWriter(out));
      return out + "\n" + String.join("\n", table.caption("*")) + "\n";
    }
  },

  MARKDOWN {
    @Override
    String text(ReportTable table) {
      List<List<String>> rows = rows(table, TableFormat::inMarkdown, "**%s**");
      List<String> rule = new ArrayList<>(Collections.nCopies(table.names().size(), "---"));
      rule.addAll(Collections.nCopies(table.measures().size(), "--:"));
      rows.add(1, rule);
      return rows.stream()
              .map(row -> "| %s |\n".formatted(String.join(" | ", row)))
              .collect(Collectors.joining())
          + "\n%s\n".formatted(inMarkdown(String.join(" ", table.caption("bold"))));
    }
  },

  /** A LaTeX table with the rules of the package booktabs. */
  LATEX {
    @Override
    String text(ReportTable table) {
      List<String> lines =
          rows(table, TableFormat::inLatex, "\\textbf{%s}").stream()
              .map(row -> String.join(" & ", row) + " \\\\\n")
              .toList();
      return "\\begin{table}\n\\centering\n\\begin{tabular}{%s%s}\n\\toprule\n%s\\midrule\n%s\\bottomrule\n\\end{tabular}\n\\caption{%s}\n\\end{table}\n"
          .formatted(
              "l".repeat(table.names().size()),
              "r".repeat(table.measures().size()),
              lines.get(0),
              String.join("", lines.subList(1, lines.size())),
              inLatex(String.join(" ", table.caption("bold"))));
    }
  },

  /** All digits, with separate columns for deviation and number of seeds. */
  CSV {
    @Override
    String text(ReportTable table) {
      List<Object> header = new ArrayList<>(table.names());
      table
          .measures()
          .forEach(
              one ->
                  header.addAll(List.of(one.name(), one.name() + "-std", one.name() + "-count")));
      StringBuilder text = new StringBuilder(line(header));
      for (Row row : table.rows()) {
        List<Object> cells = new ArrayList<>(row.names());
        row.numbers().forEach(cell -> cells.addAll(cell.statistics().cells()));
        text.append(line(cells));
      }
      return text.toString();
    }

    private static String line(List<Object> cells) {
      return CsvTable.FORMAT.format(cells.toArray()) + "\n";
    }
  };

  private static final Pattern SPECIAL = Pattern.compile("[\\\\&%$#_{}~^]");

  /**
   * Formats the table of a comparison.
   *
   * @param shown the differing keys with columns; those that affect training if empty
   */
  public String text(RunComparison comparison, Optional<Predicate<String>> shown) {
    return text(ReportTable.of(comparison, shown));
  }

  abstract String text(ReportTable table);

  /** Returns the header and the rows. */
  private static List<List<String>> rows(
      ReportTable table, UnaryOperator<String> escaped, String best) {
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(table.names());
    table.measures().forEach(measure -> header.add(ReportTable.heading(measure)));
    rows.add(header.stream().map(escaped).toList());
    for (Row row : table.rows()) {
      List<String> cells = new ArrayList<>(row.names().stream().map(escaped).toList());
      for (Cell cell : row.numbers()) {
        String number = escaped.apply(cell.statistics().toString());
        cells.add(cell.isBest() ? best.formatted(number) : number);
      }
      rows.add(cells);
    }
    return rows;
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
