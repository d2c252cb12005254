package io.ddgan.cli.command;

import io.ddgan.api.Hasher;
import io.ddgan.api.ProcessLauncher;
import io.ddgan.api.RefusedException;
import io.ddgan.app.environment.AppFolders;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.models.Models;
import io.ddgan.app.process.CommandRunner;
import io.ddgan.app.process.CommandRunner.CommandEnd;
import io.ddgan.app.process.CommandRunner.LaunchedCommand;
import io.ddgan.app.process.Invocation;
import io.ddgan.app.process.Workers;
import io.ddgan.app.sweep.SweepFolder;
import io.ddgan.app.sweep.SweepResults;
import io.ddgan.app.sweep.TrialList;
import io.ddgan.app.sweep.TrialStatus;
import io.ddgan.app.sweep.TrialStatus.TrialState;
import io.ddgan.cli.terminal.Interruption;
import io.ddgan.cli.terminal.TerminalProgress;
import io.ddgan.eval.records.EvaluationFiles;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;

/** Evaluates several runs and sweeps for {@code ddgan evaluate}. */
final class MultiRunEvaluation {

  private final AppFolders places;
  private final Experiments experiments;
  private final Invocation invocation;

  @Inject
  MultiRunEvaluation(AppFolders places, Experiments experiments, Invocation invocation) {
    this.places = places;
    this.experiments = experiments;
    this.invocation = invocation;
  }

  /**
   * Evaluates each run in its own process.
   *
   * @param targets runs, and sweeps for their finished trials
   * @param arguments arguments of the command that evaluates one run
   * @param launcher starts the processes
   * @param workers the number of runs at a time
   * @return the exit code
   */
  int measure(
      List<Path> targets,
      List<String> arguments,
      ProcessLauncher launcher,
      Workers workers,
      CommandSpec spec)
      throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    List<SweepFolder> sweeps =
        targets.stream().map(SweepFolder::new).filter(SweepFolder::isSweep).toList();
    for (SweepFolder sweep : sweeps) {
      if (sweep.isInUse()) {
        throw new IOException(
            "the sweep %s is running; evaluate it when it has finished".formatted(sweep.root()));
      }
    }
    List<LaunchedCommand> commands = new ArrayList<>();
    for (Path run : runs(targets)) {
      requireWritable(run);
      List<String> words = new ArrayList<>(List.of("evaluate", run.toString()));
      words.addAll(arguments);
      String name = "run-%d".formatted(commands.size());
      commands.add(new LaunchedCommand(name, run, words, run.resolve("evaluation.log")));
    }
    Workers processes = workers.atMost(commands.size());
    out.printf("evaluating %,d runs, %,d at once%n", commands.size(), processes.count());
    AtomicInteger failed = new AtomicInteger();
    try (Interruption stop = Interruption.listen(err, "stopping; finished metrics are kept");
        TerminalProgress progress = new TerminalProgress(err)) {
      CommandRunner.Work measuring =
          new CommandRunner.Work(commands) {
            private int done;

            @Override
            protected void ended(LaunchedCommand command, CommandEnd ending) {
              if (ending.isCut()) {
                return;
              }
              if (ending.problem().isPresent()) {
                failed.incrementAndGet();
                progress.onMessage(command.folder() + ": " + ending.problem().get());
              }
              progress.onProgress("runs", ++done, commands.size());
            }
          };
      String name = new Hasher().add(commands.toString()).hex();
      Path files = places.cache().resolve("launched").resolve(name);
      new CommandRunner(launcher, processes).run(measuring, files, stop);
      FileUtils.deleteDirectory(files.toFile());
      for (SweepFolder sweep : sweeps) {
        SweepResults.read(sweep, experiments).write();
        out.println("results: " + sweep.results());
      }
      if (stop.getAsBoolean()) {
        out.println(
            "not all runs were evaluated; resume with the same command and --skip-existing");
        return ExitCode.SOFTWARE;
      }
    }
    List<Object> compare = new ArrayList<>(targets);
    compare.add(0, "compare");
    out.println("compare them with: " + invocation.of(compare));
    return failed.get() > 0 ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private static List<Path> runs(List<Path> targets) throws IOException {
    List<Path> runs = new ArrayList<>();
    for (Path target : targets) {
      SweepFolder sweep = new SweepFolder(target);
      if (!sweep.isSweep()) {
        new RunFolder(target).requireRun();
        runs.add(target);
        continue;
      }
      int before = runs.size();
      for (TrialList.Entry trial : sweep.trials()) {
        if (TrialStatus.of(sweep, trial.name()).is(TrialState.DONE)) {
          runs.add(sweep.run(trial.name()).root());
        }
      }
      if (runs.size() == before) {
        throw new IOException("the sweep %s has no finished trial".formatted(target));
      }
    }
    return runs;
  }

  /** Checks that the results can be stored, since those of several runs are not printed. */
  private static void requireWritable(Path run) {
    String problem = "cannot store the results in %s, which %s; evaluate it alone to print them";
    if (Models.ofDistribution().name(run).isPresent()) {
      throw new RefusedException(problem.formatted(run, "is a model and is never changed"));
    }
    if (!new EvaluationFiles(run).canAdd()) {
      throw new RefusedException(problem.formatted(run, "is not writable"));
    }
  }
}
