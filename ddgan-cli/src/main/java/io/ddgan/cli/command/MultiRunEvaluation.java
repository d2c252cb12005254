package io.ddgan.cli.command;

import io.ddgan.api.Fingerprint;
import io.ddgan.api.RefusedException;
import io.ddgan.api.TrialLauncher;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.experiment.MeasuredRuns;
import io.ddgan.app.models.Models;
import io.ddgan.app.process.LaunchedCommands;
import io.ddgan.app.process.LaunchedCommands.LaunchedCommand;
import io.ddgan.app.process.Workers;
import io.ddgan.app.sweep.Results;
import io.ddgan.app.sweep.SweepFolder;
import io.ddgan.app.sweep.SweepFolder.Listed;
import io.ddgan.cli.options.CommonOptions;
import io.ddgan.cli.options.Invocation;
import io.ddgan.cli.terminal.Interruption;
import io.ddgan.cli.terminal.Quantities;
import io.ddgan.eval.records.EvaluationFiles;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;

/** What {@code ddgan evaluate} does with several runs, and with sweeps. */
final class MultiRunEvaluation {

  private static final double SECOND = 1e9;
  private static final int DIGITS = 16;
  private static final String LOG = "evaluation.log";

  private final CommonOptions options;
  private final Experiments experiments;
  private final MeasuredRuns measured;
  private final Invocation invocation;

  @Inject
  MultiRunEvaluation(
      CommonOptions options,
      Experiments experiments,
      MeasuredRuns measured,
      Invocation invocation) {
    this.options = options;
    this.experiments = experiments;
    this.invocation = invocation;
    this.measured = measured;
  }

  /**
   * Measures them, each in a process of its own.
   *
   * @param targets runs, and sweeps for their finished trials
   * @param arguments of the command that measures one of them
   * @param launcher starts the processes
   * @param workers how many are measured at a time
   * @return the exit code
   */
  int measure(
      List<Path> targets,
      List<String> arguments,
      TrialLauncher launcher,
      Workers workers,
      CommandSpec spec)
      throws IOException, InterruptedException {
    List<SweepFolder> sweeps = new ArrayList<>();
    List<Path> runs = new ArrayList<>();
    for (Path target : targets) {
      SweepFolder sweep = new SweepFolder(target);
      if (sweep.isSweep()) {
        sweep.requireFree();
        sweeps.add(sweep);
        runs.addAll(trials(sweep));
      } else {
        new RunFolder(target).requireRun();
        runs.add(target);
      }
    }
    requireWritable(runs);
    PrintWriter out = spec.commandLine().getOut();
    Workers hands = workers.atMost(runs.size());
    out.printf("measuring %,d runs, %,d at once%n", runs.size(), hands.count());
    Progress progress = new Progress(out, spec.commandLine().getErr(), runs.size());
    try (Interruption interruption =
        Interruption.listen(spec.commandLine().getErr(), "stopping; what was measured is kept")) {
      List<LaunchedCommand> commands = commands(runs, arguments);
      String name = new Fingerprint().add(commands.toString()).hex();
      Path files = options.cache().resolve("launched").resolve(name.substring(0, DIGITS));
      new LaunchedCommands(launcher, hands).run(commands, files, progress, interruption);
      for (SweepFolder sweep : sweeps) {
        Results.read(sweep, measured, experiments).write();
        out.println("results: " + sweep.results());
      }
      boolean isStopped = interruption.getAsBoolean();
      if (!isStopped) {
        List<Object> compare = new ArrayList<>(List.of("compare"));
        compare.addAll(targets);
        out.println("compare them with: " + invocation.of(compare));
      } else {
        out.println("not all runs were measured; continue with the same command and --resume");
      }
      return isStopped || progress.failed > 0 ? ExitCode.SOFTWARE : ExitCode.OK;
    }
  }

  /** The command that measures each run, with what all of them have. */
  private List<LaunchedCommand> commands(List<Path> runs, List<String> arguments) {
    List<LaunchedCommand> commands = new ArrayList<>();
    for (Path run : runs) {
      List<String> words = new ArrayList<>(List.of("evaluate", run.toString()));
      words.addAll(arguments);
      String name = "run-%d".formatted(commands.size());
      commands.add(new LaunchedCommand(name, run, words, run.resolve(LOG)));
    }
    return commands;
  }

  /** Numbers of a single run are shown; those of several are found in their folders. */
  private static void requireWritable(List<Path> runs) throws IOException {
    Models models = Models.ofDistribution();
    for (Path run : runs) {
      if (models.name(run).isPresent()) {
        throw new RefusedException(
            "results are stored in each run, but %s is a read-only bundled model; evaluate it separately"
                .formatted(run));
      }
      if (!new EvaluationFiles(run).canAdd()) {
        throw new IOException(
            "results are stored in each run, but %s may not be written; copy it, or evaluate it separately"
                .formatted(run));
      }
    }
  }

  private static List<Path> trials(SweepFolder sweep) throws IOException {
    List<Path> trials =
        sweep.listed().stream()
            .filter(Listed::isDone)
            .map(trial -> sweep.run(trial.name()).root())
            .toList();
    if (trials.isEmpty()) {
      throw new IOException("no trial of the sweep %s is done".formatted(sweep.root()));
    }
    return trials;
  }

  /** Tells of every run that was measured, and how long the others will take. */
  private static final class Progress implements LaunchedCommands.EndListener {

    private final PrintWriter out;
    private final PrintWriter err;
    private final int all;
    private final long began = System.nanoTime();
    private int done;
    private int failed;

    Progress(PrintWriter out, PrintWriter err, int all) {
      this.out = out;
      this.err = err;
      this.all = all;
    }

    @Override
    public void ended(LaunchedCommand command, LaunchedCommands.CommandEnd ending) {
      done++;
      Path run = command.folder();
      double seconds = (System.nanoTime() - began) / SECOND;
      String left =
          done == all
              ? ""
              : "; about %s left".formatted(Quantities.seconds(seconds / done * (all - done)));
      if (ending.problem().isEmpty()) {
        out.printf("%d of %d: %s%s%n", done, all, run, left);
      } else {
        failed++;
        err.printf("%d of %d: %s: %s%s%n", done, all, run, ending.problem().get(), left);
      }
    }
  }
}
