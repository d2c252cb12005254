package io.ddgan.cli.command;

import io.ddgan.app.process.Invocation;
import io.ddgan.app.report.NotMeasured;
import io.ddgan.app.report.PlotFiles;
import io.ddgan.app.report.ReportPage;
import io.ddgan.app.report.Run;
import io.ddgan.app.report.RunComparison;
import io.ddgan.app.report.RunsReader;
import io.ddgan.app.report.TableFormat;
import io.ddgan.app.text.Quantities;
import io.ddgan.cli.options.Usage;
import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.file.Writable;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ddgan report}: one page about sweeps and runs. */
@Command(
    name = "report",
    description =
        "Write a page with tables, plots and samples of sweeps and runs, or its table alone.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Subcommand {

  /** More names are no title. */
  private static final int MOST_NAMES = 6;

  /** Files that a report must not take the place of. */
  private static final Set<String> OWN =
      Set.of("metrics.csv", "evaluation.csv", "results.csv", "summary.csv");

  private final RunsReader reader;
  private final Invocation invocation;

  @Parameters(arity = "1..*", paramLabel = "SWEEP|RUN", description = "Folders of sweeps and runs.")
  private List<Path> folders;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "A page of html (the default), or its table alone: ${COMPLETION-CANDIDATES}.")
  private ReportFormat format = ReportFormat.HTML;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The file; report.html, .md, .tex or .csv in the first folder by default.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--plots",
      paramLabel = "DIR",
      description = "Write all plots into a folder, too, as SVG and PDF.")
  private Optional<Path> plots = Optional.empty();

  @Spec private CommandSpec spec;

  @Inject
  ReportCommand(RunsReader reader, Invocation invocation) {
    this.reader = reader;
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter console = spec.commandLine().getOut();
    Path file = out.orElseGet(() -> folders.get(0).resolve("report." + format.extension()));
    requireEnding(file);
    Writable.require(file, "name another file with --out");
    reader.read(folders);
    if (reader.runs().isEmpty()) {
      throw new IOException(
          "there is no finished trial to report of: " + String.join("; ", reader.failures()));
    }
    List<RunComparison> comparisons = RunComparison.of(reader.runs());
    AtomicFile.write(file, text(comparisons));
    console.printf("report of %s: %s%n", Quantities.count(reader.runs().size(), "run"), file);
    if (plots.isPresent()) {
      int written = PlotFiles.write(comparisons, plots.get());
      console.printf("%,d plots, each as SVG and PDF: %s%n", written, plots.get());
    }
    for (RunComparison comparison : comparisons) {
      List<Run> without = NotMeasured.of(comparison);
      if (!without.isEmpty()) {
        console.printf(
            "nothing comparable was measured of the last %s; measure with: %s%n",
            without.size() == 1
                ? "step of " + without.get(0).name()
                : "steps of %,d runs on %s".formatted(without.size(), comparison.data()),
            NotMeasured.command(comparison, invocation));
      }
    }
    reader.failures().forEach(console::println);
    return ExitCode.OK;
  }

  /** A file that ends like another format would be taken for that. */
  private void requireEnding(Path file) {
    Usage.require(
        spec,
        file.toString().endsWith("." + format.extension()),
        "%s does not end in .%s; name another file, or another format with --format"
            .formatted(file, format.extension()));
    Usage.require(
        spec,
        !OWN.contains(file.getFileName().toString()),
        "%s is what runs and sweeps call a file of their own; name another file".formatted(file));
  }

  private String text(List<RunComparison> comparisons) throws IOException {
    if (format.table().isPresent()) {
      TableFormat table = format.table().get();
      return comparisons.stream().map(table::text).collect(Collectors.joining("\n"));
    }
    String names =
        folders.stream()
            .limit(MOST_NAMES)
            .map(folder -> folder.toAbsolutePath().normalize().getFileName().toString())
            .collect(Collectors.joining(", "));
    int others = folders.size() - MOST_NAMES;
    String title = others > 0 ? "%s and %d more".formatted(names, others) : names;
    String command = invocation.again(spec.root().commandLine().getParseResult().originalArgs());
    return new ReportPage(title, command, invocation, Instant.now(), comparisons, reader.failures())
        .text();
  }

  /** What a report can be. */
  enum ReportFormat {
    HTML(Optional.empty()),
    MARKDOWN(Optional.of(TableFormat.MARKDOWN)),
    LATEX(Optional.of(TableFormat.LATEX)),
    CSV(Optional.of(TableFormat.CSV));

    private final Optional<TableFormat> table;

    ReportFormat(Optional<TableFormat> table) {
      this.table = table;
    }

    Optional<TableFormat> table() {
      return table;
    }

    String extension() {
      return table.map(TableFormat::extension).orElse("html");
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
