package io.ddgan.cli.command;

import io.ddgan.app.text.Table;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.internal.config.Suggestion;
import io.ddgan.internal.plugin.ComponentRegistry;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddgan describe}: prints the keys of one component, or of all. */
@Command(
    name = "describe",
    description =
        "Show the keys of a component, an experiment or a sweep: type, default, range, meaning.")
final class DescribeCommand extends Subcommand {

  private static final String INTRODUCTION =
      """
      # Configuration keys

      Everything that an experiment or a sweep can say. This page is generated: do not edit it, but run
      `./ddgan describe --all > docs/reference/configuration.md`. With a plug-in at hand, `ddgan describe --all` shows its keys too.

      - A file is HOCON. `key=value` on the command line wins over the file, and the file over the defaults below. A key
        without a default must be set, unless its type allows `null`.
      - `base = fashion-mnist` lays an experiment's file over a preset, or over another file, as the command line is laid over both.
      - Paths are relative to the working folder, except those of `base` and `include`. `${here}` is the folder of the file.
      - A **component** is written by its name, `penalty = r1`, or with keys of its own, `penalty { type = r1, every = 4 }`.
      - A **ramp** is a number that changes over the training, an **adaptive** one a number that training changes by what it
        sees: see [objectives](../how-to/objectives.md).
      - A sweep's `grid`, `zip`, `list` and `random` hold the keys of an experiment: see [sweeps](../how-to/sweeps.md).
      """;

  private final ComponentRegistry registry;

  @Parameters(
      arity = "0..1",
      paramLabel = "KIND.NAME|experiment|sweep",
      description = "A component, such as schedule.vp, or the word experiment or sweep.")
  private Optional<String> id = Optional.empty();

  @Option(names = "--all", description = "Print all keys as a Markdown page.")
  private boolean isAll;

  @Option(
      names = "--commands",
      description = "Print all commands and their options as a Markdown page.")
  private boolean isOfCommands;

  @Inject
  DescribeCommand(ComponentRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Integer call() {
    int given = (id.isPresent() ? 1 : 0) + (isAll ? 1 : 0) + (isOfCommands ? 1 : 0);
    require(given == 1, "nothing to describe; name a component, or give --all or --commands");
    if (isOfCommands) {
      CommandsPage.print(spec().root(), out());
      return ExitCode.OK;
    }
    List<DescribedRecord> all = DescribedRecord.all(registry);
    if (isAll) {
      printPage(all, out());
    } else {
      print(find(id.orElseThrow(), all));
    }
    return ExitCode.OK;
  }

  private void print(DescribedRecord keyed) {
    say("%s: %s", keyed.id(), keyed.summary());
    if (!keyed.origin().isEmpty()) {
      say("from %s", keyed.origin());
    }
    out().println();
    Table table = new Table();
    table.row(DescribedRecord.COLUMNS);
    keyed.rows().forEach(table::row);
    table.print(out());
  }

  private static DescribedRecord find(String id, List<DescribedRecord> all) {
    List<String> ids = all.stream().map(DescribedRecord::id).toList();
    if (!ids.contains(id)) {
      throw new ConfigurationException(
          new Problem(id, "", "no such component; " + Suggestion.forName(id, ids)));
    }
    return all.get(ids.indexOf(id));
  }

  /** Prints all keys as a Markdown page, {@code docs/reference/configuration.md}. */
  private static void printPage(List<DescribedRecord> all, PrintWriter out) {
    out.println(INTRODUCTION);
    out.println(
        all.stream()
            .map(DescribeCommand::part)
            .distinct()
            .map("[%1$s](#%1$s)"::formatted)
            .collect(Collectors.joining(", ")));
    String part = "";
    for (DescribedRecord keyed : all) {
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
        markdown(DescribedRecord.COLUMNS, out);
        markdown(DescribedRecord.COLUMNS.stream().map(column -> "---").toList(), out);
        for (List<String> row : rows) {
          String type = row.get(1).replaceAll("([a-z]+) component", "[$1](#$1) component");
          markdown(List.of(code(row.get(0)), type, code(row.get(2)), row.get(3), row.get(4)), out);
        }
      }
    }
  }

  /** Returns the kind of a component. */
  private static String part(DescribedRecord keyed) {
    return keyed.id().split("\\.", 2)[0];
  }

  private static void markdown(List<String> cells, PrintWriter out) {
    out.println(
        cells.stream()
            .map(cell -> cell.replace("|", "\\|"))
            .collect(Collectors.joining(" | ", "| ", " |")));
  }

  private static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }
}
