package io.ddgan.cli.command;

import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.runs.FoundRuns;
import io.ddgan.app.runs.RunOverview;
import io.ddgan.app.text.Quantities;
import io.ddgan.app.text.Table;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

  private final Experiments experiments;

  @Parameters(
      arity = "0..*",
      paramLabel = "FOLDER",
      defaultValue = "runs",
      description = "Runs, folders of runs, and sweeps (default: ${DEFAULT-VALUE}).")
  private List<Path> folders;

  @Spec private CommandSpec spec;

  @Inject
  RunsCommand(Experiments experiments) {
    this.experiments = experiments;
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    List<RunFolder> runs = new ArrayList<>();
    for (Path root : folders) {
      runs.addAll(FoundRuns.in(root));
    }
    if (runs.isEmpty()) {
      out.println("there are no runs in " + folders);
      return ExitCode.OK;
    }
    Table table = new Table();
    table.row("run", "state", "steps", "data", "size", "age", "last measured");
    for (RunFolder run : runs) {
      RunOverview overview = RunOverview.of(run, experiments);
      table.row(
          name(run),
          overview.state(),
          steps(overview),
          overview.data(),
          Quantities.bytes(overview.bytes()),
          age(overview.updated()),
          overview.last());
    }
    table.print(out);
    return ExitCode.OK;
  }

  /** Within the one folder that was named, else as they were named. */
  private String name(RunFolder run) {
    Path root = folders.get(0);
    return folders.size() > 1 || run.root().equals(root)
        ? run.root().toString()
        : root.relativize(run.root()).toString();
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
  private static String age(Instant updated) {
    if (updated.equals(Instant.EPOCH)) {
      return "";
    }
    Duration age = Duration.between(updated, Instant.now());
    if (age.toMinutes() < 60) {
      return "%d min".formatted(Math.max(0, age.toMinutes()));
    }
    return age.toHours() < 48 ? "%d h".formatted(age.toHours()) : "%d days".formatted(age.toDays());
  }
}
