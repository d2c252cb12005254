package io.ddgan.app.report;

import io.ddgan.api.Metric.Measure;
import io.ddgan.app.experiment.SeedStatistics;
import io.ddgan.app.report.ReportTable.Cell;
import io.ddgan.app.report.ReportTable.Row;
import io.ddgan.train.run.CsvTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVPrinter;

/** Formats in which a table of results leaves for papers and other programs. */
public enum TableFormat {
  /** Of GitHub and most others. */
  MARKDOWN("md") {
    @Override
    String text(ReportTable table) {
      List<String> header = new ArrayList<>(table.names());
      table.measures().forEach(measure -> header.add(heading(measure)));
      StringBuilder text = new StringBuilder(line(header));
      text.append(
          line(
              Stream.concat(
                      table.names().stream().map(name -> "---"),
                      table.measures().stream().map(measure -> "--:"))
                  .toList()));
      for (Row row : table.rows()) {
        List<String> cells = new ArrayList<>(row.names().stream().map(this::escaped).toList());
        row.numbers()
            .forEach(cell -> cells.add(cell.isBest() ? "**" + cell.text() + "**" : cell.text()));
        text.append(line(cells));
      }
      return text.toString();
    }

    private String escaped(String cell) {
      return cell.replaceAll("\\R", " ").replaceAll("[|\\\\`*_<$]", "\\\\$0");
    }

    private String line(List<String> cells) {
      return "| " + String.join(" | ", cells) + " |\n";
    }
  },

  /** With the rules of the package booktabs. */
  LATEX("tex") {
    @Override
    String text(ReportTable table) {
      List<String> header = new ArrayList<>(table.names().stream().map(this::escaped).toList());
      for (Measure measure : table.measures()) {
        String arrow = ReportTable.arrow(measure);
        header.add(
            escaped(measure.name())
                + (arrow.isEmpty() ? "" : arrow.equals("↓") ? " $\\downarrow$" : " $\\uparrow$"));
      }
      StringBuilder text =
          new StringBuilder(
              "% needs \\usepackage{booktabs}, and XeLaTeX or LuaLaTeX for letters that are not Latin\n");
      text.append("\\begin{tabular}{")
          .append("l".repeat(table.names().size()))
          .append("r".repeat(table.measures().size()))
          .append("}\n\\toprule\n")
          .append(line(header))
          .append("\\midrule\n");
      for (Row row : table.rows()) {
        List<String> cells = new ArrayList<>(row.names().stream().map(this::escaped).toList());
        for (Cell cell : row.numbers()) {
          String number = cell.text().replace(" ± ", " $\\pm$ ").replace("–", "--");
          cells.add(cell.isBest() ? "\\textbf{" + number + "}" : number);
        }
        text.append(line(cells));
      }
      return text.append("\\bottomrule\n\\end{tabular}\n").toString();
    }

    private String line(List<String> cells) {
      return String.join(" & ", cells) + " \\\\\n";
    }

    private String escaped(String cell) {
      return cell.codePoints().mapToObj(this::escaped).collect(Collectors.joining());
    }

    private String escaped(int letter) {
      return switch (letter) {
        case '\n', '\r' -> " ";
        case '\\' -> "\\textbackslash{}";
        case '~' -> "\\textasciitilde{}";
        case '^' -> "\\textasciicircum{}";
        case '<', '>', '|', '"' -> "\\texttt{" + Character.toString(letter) + "}";
        case '&', '%', '$', '#', '_', '{', '}' -> "\\" + Character.toString(letter);
        default -> Character.toString(letter);
      };
    }
  },

  /** With all digits, and deviation and number of seeds in columns of their own. */
  CSV("csv") {
    @Override
    String text(ReportTable table) {
      StringBuilder text = new StringBuilder();
      try (CSVPrinter printer = new CSVPrinter(text, CsvTable.FORMAT)) {
        List<String> header = new ArrayList<>(table.names());
        for (Measure measure : table.measures()) {
          header.addAll(
              List.of(measure.name(), measure.name() + "-deviation", measure.name() + "-count"));
        }
        printer.printRecord(header);
        for (Row row : table.rows()) {
          List<Object> cells = new ArrayList<>(row.names());
          for (Cell cell : row.numbers()) {
            int count = cell.statistics().map(SeedStatistics::count).orElse(0);
            cells.add(cell.statistics().map(SeedStatistics::mean).map(String::valueOf).orElse(""));
            cells.add(count < 2 ? "" : cell.statistics().get().deviation());
            cells.add(count);
          }
          printer.printRecord(cells);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("writing to memory cannot fail", e);
      }
      return text.toString();
    }
  };

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

  static String heading(Measure measure) {
    return "%s %s".formatted(measure.name(), ReportTable.arrow(measure)).strip();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
