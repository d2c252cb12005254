package io.ddgan.cli.command;

import io.ddgan.app.models.Models;
import io.ddgan.app.report.ConditionsText;
import io.ddgan.app.report.RunComparison;
import io.ddgan.app.report.RunsReader;
import io.ddgan.app.report.TableFormat;
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

/** {@code ddgan compare}: prints the differences of runs. */
@Command(
    name = "compare",
    description = "Show the keys in which runs differ, and the runs' measures.")
final class CompareCommand extends Subcommand {

  private final RunsReader reader;

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN|SWEEP|MODEL",
      description = "Runs, models, or sweeps (all finished trials of each).")
  private List<Path> folders;

  @Option(
      names = "--keys",
      paramLabel = "KEY",
      split = ",",
      description =
          "Show differences only in these keys, such as evaluation, and in the keys below them (default: all keys that affect training).")
  private List<String> keys = List.of();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "Format of the table: ${COMPLETION-CANDIDATES} (default: text).")
  private TableFormat format = TableFormat.TEXT;

  @Inject
  CompareCommand(RunsReader reader) {
    this.reader = reader;
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = out();
    reader.read(folders.stream().map(Models.ofDistribution()::resolve).toList());
    List<RunComparison> comparisons = RunComparison.of(reader.runs());
    PrintWriter remarks = format == TableFormat.TEXT ? out : err();
    if (comparisons.size() > 1) {
      remarks.println("the runs were trained on different data; their metrics are not comparable");
    }
    for (RunComparison comparison : comparisons) {
      if (comparisons.size() > 1) {
        remarks.printf("%n%s%n", comparison.data());
      }
      out.print(format.text(comparison, shown()));
      if (format == TableFormat.TEXT) {
        ConditionsText.others(comparison)
            .forEach(
                line -> out.println("measured under other conditions, not comparable: " + line));
      }
      comparison.unmeasured().ifPresent(remarks::println);
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
