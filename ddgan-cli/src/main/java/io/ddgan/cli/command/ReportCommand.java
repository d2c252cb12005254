package io.ddgan.cli.command;

import io.ddgan.cli.report.Page;
import io.ddgan.cli.report.RunComparison;
import io.ddgan.cli.report.RunsReader;
import io.ddgan.file.AtomicFile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
    description = "Write a page of HTML with tables, plots and samples of sweeps and runs.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Subcommand {

  private final RunsReader reader;

  @Parameters(arity = "1..*", paramLabel = "SWEEP|RUN", description = "Folders of sweeps and runs.")
  private List<Path> folders;

  @Option(
      names = "--out",
      paramLabel = "FILE.html",
      description = "The page; report.html in the first folder by default.")
  private Optional<Path> out = Optional.empty();

  @Spec private CommandSpec spec;

  @Inject
  ReportCommand(RunsReader reader) {
    this.reader = reader;
  }

  @Override
  public Integer call() throws IOException {
    reader.read(folders);
    String title =
        folders.stream()
            .map(folder -> folder.toAbsolutePath().normalize().getFileName().toString())
            .collect(Collectors.joining(", "));
    Page page = new Page(title, RunComparison.of(reader.runs()), reader.failures());
    byte[] text = page.text().getBytes(StandardCharsets.UTF_8);
    Path file = out.orElseGet(() -> folders.get(0).resolve("report.html"));
    AtomicFile.write(file, to -> to.write(text));
    spec.commandLine().getOut().printf("report of %d runs: %s%n", reader.runs().size(), file);
    return ExitCode.OK;
  }
}
