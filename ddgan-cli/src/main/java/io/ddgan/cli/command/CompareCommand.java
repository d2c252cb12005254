package io.ddgan.cli.command;

import io.ddgan.api.Metric.Measure;
import io.ddgan.cli.report.Run;
import io.ddgan.cli.report.RunComparison;
import io.ddgan.cli.report.RunsReader;
import io.ddgan.cli.terminal.Table;
import io.ddgan.cli.terminal.TrainingProgress;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ddgan compare}: what differs between runs, on the terminal. */
@Command(
    name = "compare",
    description = "Show the keys in which runs differ, and what was measured of them.",
    mixinStandardHelpOptions = true)
final class CompareCommand implements Subcommand {

  private final RunsReader reader;

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN|SWEEP",
      description = "Folders of runs, and of sweeps for all their finished trials.")
  private List<Path> folders;

  @Spec private CommandSpec spec;

  @Inject
  CompareCommand(RunsReader reader) {
    this.reader = reader;
  }

  @Override
  public Integer call() throws IOException {
    reader.read(folders);
    show(RunComparison.of(reader.runs()), reader.runs());
    reader.failures().forEach(spec.commandLine().getOut()::println);
    return ExitCode.OK;
  }

  private void show(List<RunComparison> comparisons, List<Run> runs) {
    PrintWriter out = spec.commandLine().getOut();
    if (comparisons.size() > 1) {
      out.println("the runs have learnt different data, so their numbers do not compare");
    }
    Table table = new Table();
    row(table, "", runs, Run::name);
    for (String key : RunComparison.differing(runs)) {
      row(table, key, runs, run -> run.keys().getOrDefault(key, "-"));
    }
    row(table, "seed", runs, Run::seed);
    runs.stream()
        .flatMap(run -> run.measures().stream().map(Measure::name))
        .distinct()
        .forEach(
            name ->
                row(
                    table,
                    name,
                    runs,
                    run ->
                        run.values().containsKey(name)
                            ? TrainingProgress.number(run.values().get(name))
                            : "-"));
    table.print(out);
    out.flush();
  }

  private static void row(Table table, String name, List<Run> runs, Function<Run, String> cell) {
    List<String> cells = new ArrayList<>(List.of(name));
    runs.forEach(run -> cells.add(cell.apply(run)));
    table.row(cells.toArray(String[]::new));
  }
}
