package io.ddgan.cli.command;

import io.ddgan.app.models.Models;
import io.ddgan.app.process.Invocation;
import io.ddgan.app.report.ComparisonText;
import io.ddgan.app.report.RunComparison;
import io.ddgan.app.report.RunsReader;
import io.ddgan.app.report.TableFormat;
import io.ddgan.cli.terminal.Terminal;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddgan compare}: what differs between runs, on the terminal. */
@Command(
    name = "compare",
    description = "Show the keys in which runs differ, and what was measured of them.")
final class CompareCommand extends Subcommand {

  private final RunsReader reader;
  private final Invocation invocation;

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN|SWEEP|MODEL",
      description = "Folders of runs, and of sweeps for all their finished trials; models.")
  private List<Path> folders;

  @Option(
      names = "--keys",
      paramLabel = "KEY",
      split = ",",
      description =
          "Of the keys that differ, show only these and those within them, such as evaluation; none"
              + " shows the numbers alone (default: those of the experiment).")
  private List<String> keys = List.of();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "Print the table of a report instead, ready to paste: ${COMPLETION-CANDIDATES}.")
  private Optional<TableFormat> format = Optional.empty();

  @Inject
  CompareCommand(RunsReader reader, Invocation invocation) {
    this.reader = reader;
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = out();
    PrintWriter err = err();
    reader.read(folders.stream().map(Models.ofDistribution()::runUnlessMisspelt).toList());
    List<RunComparison> comparisons = RunComparison.of(reader.runs());
    PrintWriter remarks = format.isPresent() ? err : out;
    if (comparisons.size() > 1) {
      remarks.println(
          "these runs were trained on different data; their metrics are not comparable");
    }
    for (RunComparison comparison : comparisons) {
      if (comparisons.size() > 1) {
        remarks.printf("%n%s%n", comparison.data());
      }
      if (format.isPresent()) {
        out.print(format.get().text(comparison));
      } else {
        ComparisonText.print(comparison, shown(), Terminal.width(), out);
      }
      MeasuringAdvice.of(comparison, invocation).ifPresent(remarks::println);
    }
    reader.failures().forEach(remarks::println);
    out.flush();
    return ExitCode.OK;
  }

  private Optional<Predicate<String>> shown() {
    return keys.isEmpty()
        ? Optional.empty()
        : Optional.of(key -> keys.stream().anyMatch(named -> (key + ".").startsWith(named + ".")));
  }
}
