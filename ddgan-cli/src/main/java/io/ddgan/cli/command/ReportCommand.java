package io.ddgan.cli.command;

import io.ddgan.app.process.Invocation;
import io.ddgan.app.report.Plots;
import io.ddgan.app.report.ReportPage;
import io.ddgan.app.report.RunComparison;
import io.ddgan.app.report.RunsReader;
import io.ddgan.app.text.Quantities;
import io.ddgan.internal.file.AtomicFile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddgan report}: writes a page about sweeps and runs. */
@Command(
    name = "report",
    description = "Write an HTML page with tables, plots and samples of sweeps and runs.")
final class ReportCommand extends Subcommand {

  private final RunsReader reader;
  private final Invocation invocation;

  @Parameters(arity = "1..*", paramLabel = "SWEEP|RUN", description = "Sweeps and runs.")
  private List<Path> folders;

  @Option(
      names = "--out",
      paramLabel = "FILE.html",
      description = "File to write (default: report.html in the first folder).")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--plots",
      paramLabel = "DIR",
      description = "Also write all plots to this folder, as SVG.")
  private Optional<Path> plots = Optional.empty();

  @Inject
  ReportCommand(RunsReader reader, Invocation invocation) {
    this.reader = reader;
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    Path file = out.orElseGet(() -> folders.get(0).resolve("report.html"));
    reader.read(folders);
    if (reader.runs().isEmpty()) {
      throw new IOException("no finished run or trial: " + String.join("; ", reader.failures()));
    }
    List<RunComparison> comparisons = RunComparison.of(reader.runs());
    List<String> remarks = new ArrayList<>(reader.failures());
    comparisons.forEach(one -> one.unmeasured().ifPresent(remarks::add));
    String title =
        folders.stream()
            .map(folder -> folder.toAbsolutePath().normalize().getFileName().toString())
            .collect(Collectors.joining(", "));
    String command = invocation.again(spec().root().commandLine().getParseResult().originalArgs());
    AtomicFile.write(file, ReportPage.text(title, command, comparisons, remarks));
    say("report of %s: %s", Quantities.count(reader.runs().size(), "run"), file);
    if (plots.isPresent()) {
      int written = Plots.write(comparisons, plots.get());
      say("%,d plots: %s", written, plots.get());
    }
    remarks.forEach(out()::println);
    return ExitCode.OK;
  }
}
