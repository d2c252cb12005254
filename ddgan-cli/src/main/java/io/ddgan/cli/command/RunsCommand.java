package io.ddgan.cli.command;

import io.ddgan.api.RunStatus;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.runs.FoundRuns;
import io.ddgan.app.runs.RunOverview;
import io.ddgan.app.text.Quantities;
import io.ddgan.app.text.Table;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** {@code ddgan runs}: lists runs. */
@Command(
    name = "runs",
    description = "List runs with their state, steps, data, size, age and last evaluation.")
final class RunsCommand extends Subcommand {

  private final Experiments experiments;

  @Parameters(
      arity = "0..*",
      paramLabel = "FOLDER",
      defaultValue = "runs",
      description = "Runs, folders of runs, and sweeps (default: ${DEFAULT-VALUE}).")
  private List<Path> folders;

  @Inject
  RunsCommand(Experiments experiments) {
    this.experiments = experiments;
  }

  @Override
  public Integer call() throws IOException {
    List<RunFolder> runs = new ArrayList<>();
    for (Path root : folders) {
      runs.addAll(FoundRuns.in(root));
    }
    if (runs.isEmpty()) {
      say("no runs in %s", folders);
      return ExitCode.OK;
    }
    Table table = new Table();
    table.row("run", "state", "steps", "data", "size", "age", "last evaluation");
    for (RunFolder run : runs) {
      RunOverview overview = RunOverview.of(run, experiments);
      RunStatus summary = overview.summary();
      table.row(
          run.root().toString(),
          overview.state(),
          summary.total() == 0 ? "" : "%,d of %,d".formatted(summary.step(), summary.total()),
          overview.data(),
          Quantities.bytes(overview.bytes()),
          summary.updated().equals(Instant.EPOCH)
              ? ""
              : Quantities.seconds(
                  Math.max(
                      1, Duration.between(summary.updated(), Instant.now()).toMillis() / 1000.0)),
          overview.last());
    }
    table.print(out());
    return ExitCode.OK;
  }
}
