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

  private final PrintWriter out;

  KeysPage(PrintWriter out) {
    this.out = out;
  }

  void print(List<Keyed> all) {
    out.print(INTRODUCTION);
    out.println();
    out.println(
        all.stream()
            .map(KeysPage::part)
            .distinct()
            .map(KeysPage::link)
            .collect(Collectors.joining(", ")));
    String part = "";
    for (Keyed keyed : all) {
      if (!part(keyed).equals(part)) {
        part = part(keyed);
        heading("## " + part);
      }
      if (!keyed.id().equals(part)) {
        heading("### " + keyed.id());
      }
      out.println();
      out.println(sentence(keyed.summary()));
      rows(keyed);
    }
  }

  /** The kind of a component. */
  private static String part(Keyed keyed) {
    return keyed.id().split("\\.", 2)[0];
  }

  private static String link(String part) {
    return "[%1$s](#%1$s)".formatted(part);
  }

  private static String sentence(String summary) {
    return Character.toUpperCase(summary.charAt(0)) + summary.substring(1) + ".";
  }

  private void heading(String text) {
    out.println();
    out.println(text);
  }

  private void rows(Keyed keyed) {
    if (!keyed.rows().isEmpty()) {
      out.println();
      row(Keyed.COLUMNS);
      row(Keyed.COLUMNS.stream().map(column -> "---").toList());
      for (List<String> row : keyed.rows()) {
        row(List.of(code(row.get(0)), type(row.get(1)), code(row.get(2)), row.get(3), row.get(4)));
      }
    }
  }

  private void row(List<String> cells) {
    out.println(
        cells.stream()
            .map(cell -> cell.replace("|", "\\|"))
            .collect(Collectors.joining(" | ", "| ", " |")));
  }

  private static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }

  private static String type(String name) {
    return name.replaceAll("([a-z]+) component", "[$1](#$1) component");
  }
}
