package io.ddgan.cli.command;

import io.ddgan.cli.experiment.Experiments;
import io.ddgan.cli.experiment.MeasuredRuns;
import io.ddgan.cli.runs.FoundRuns;
import io.ddgan.cli.runs.RunOverview;
import io.ddgan.cli.terminal.Quantities;
import io.ddgan.cli.terminal.Table;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ddgan runs}: the runs that are there. */
@Command(
    name = "runs",
    description =
        "List runs: state, steps, data, size, time since the last change, last measured values.",
    mixinStandardHelpOptions = true)
final class RunsCommand implements Subcommand {

  private static final Path RUNS = Path.of("runs");

  private final Experiments experiments;
  private final MeasuredRuns measured;

  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER",
      description = "A folder of runs, or a sweep (default: runs).")
  private Optional<Path> folder = Optional.empty();

  @Spec private CommandSpec spec;

  @Inject
  RunsCommand(Experiments experiments, MeasuredRuns measured) {
    this.experiments = experiments;
    this.measured = measured;
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Path root = folder.orElse(RUNS);
    List<RunFolder> runs = folder.isEmpty() && !Files.exists(root) ? List.of() : FoundRuns.in(root);
    if (runs.isEmpty()) {
      out.println("there are no runs in " + root);
      return ExitCode.OK;
    }
    Table table = new Table();
    table.row("run", "state", "steps", "data", "size", "age", "last measured");
    Instant now = Instant.now();
    for (RunFolder run : runs) {
      RunOverview overview = RunOverview.of(run, experiments, measured);
      table.row(
          name(root, run),
          overview.state(),
          steps(overview),
          overview.data(),
          Quantities.bytes(overview.disk().bytes()),
          age(Duration.between(overview.disk().changed(), now)),
          overview.last());
    }
    table.print(out);
    out.flush();
    return ExitCode.OK;
  }

  private static String name(Path root, RunFolder run) {
    return run.root().equals(root) ? root.toString() : root.relativize(run.root()).toString();
  }

  private static String steps(RunOverview run) {
    if (run.total() == 0) {
      return "";
    }
    return run.step() == run.total()
        ? "%,d".formatted(run.step())
        : "%,d of %,d".formatted(run.step(), run.total());
  }

  /** Such as {@code 5 min}. */
  private static String age(Duration age) {
    if (age.toMinutes() < 60) {
      return "%d min".formatted(Math.max(0, age.toMinutes()));
    }
    return age.toHours() < 48 ? "%d h".formatted(age.toHours()) : "%d days".formatted(age.toDays());
  }
}
