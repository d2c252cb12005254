package io.ddgan.cli.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** All keys on one page of Markdown, which stands in {@code docs/configuration.md}. */
final class KeysPage {

  private static final String INTRODUCTION =
      """
      # Configuration keys

      Everything that an experiment or a sweep can say. This page is generated: do not edit it, but run
      `./ddgan describe --all > docs/configuration.md`. With a plug-in at hand, `ddgan describe --all` shows its keys too.

      - A file is HOCON. `key=value` on the command line wins over the file, and the file over the defaults below. A key
        without a default must be set, unless its type allows `null`.
      - `base = fashion-mnist` lays an experiment's file over a preset, or over another file, as the command line is laid over both.
      - A **component** is written by its name, `penalty = r1`, or with keys of its own, `penalty { type = r1, every = 4 }`.
      - A **ramp** is a number that changes over the training, an **adaptive** one a number that training changes by what it
        sees: see [objectives](objectives.md#numbers-that-change).
      - A sweep's `grid`, `zip`, `list` and `random` hold the keys of an experiment: see [sweeps](sweeps.md#the-file).
      """;

  private KeysPage() {}

  static void print(List<Keyed> all, PrintWriter out) {
    out.println(INTRODUCTION);
    out.println(
        all.stream()
            .map(KeysPage::part)
            .distinct()
            .map("[%1$s](#%1$s)"::formatted)
            .collect(Collectors.joining(", ")));
    String part = "";
    for (Keyed keyed : all) {
      if (!part(keyed).equals(part)) {
        part = part(keyed);
        out.printf("%n## %s%n", part);
      }
      if (!keyed.id().equals(part)) {
        out.printf("%n### %s%n", keyed.id());
      }
      String summary = keyed.summary();
      out.printf("%n%C%s.%n", summary.charAt(0), summary.substring(1));
      List<List<String>> rows = keyed.rows();
      if (!rows.isEmpty()) {
        out.println();
        row(Keyed.COLUMNS, out);
        row(Keyed.COLUMNS.stream().map(column -> "---").toList(), out);
        for (List<String> row : rows) {
          String type = row.get(1).replaceAll("([a-z]+) component", "[$1](#$1) component");
          row(List.of(code(row.get(0)), type, code(row.get(2)), row.get(3), row.get(4)), out);
        }
      }
    }
  }

  /** The kind of a component. */
  private static String part(Keyed keyed) {
    return keyed.id().split("\\.", 2)[0];
  }

  private static void row(List<String> cells, PrintWriter out) {
    out.println(
        cells.stream()
            .map(cell -> cell.replace("|", "\\|"))
            .collect(Collectors.joining(" | ", "| ", " |")));
  }

  private static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }
}
