package io.ddgan.cli.command;

import io.ddgan.api.TrialLauncher;
import io.ddgan.cli.options.CommonOptions;
import io.ddgan.cli.options.Invocation;
import io.ddgan.cli.process.Workers;
import io.ddgan.cli.terminal.FollowedRun;
import io.ddgan.cli.terminal.Interruption;
import io.ddgan.cli.terminal.Quantities;
import io.ddgan.cli.terminal.Terminal;
import io.ddgan.cli.training.LaunchedRanks;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;

/** What {@code ddgan train} does where it has other processes train the run. */
final class LaunchedTraining {

  private final CommonOptions options;
  private final Invocation invocation;

  @Inject
  LaunchedTraining(CommonOptions options, Invocation invocation) {
    this.options = options;
    this.invocation = invocation;
  }

  /**
   * Trains until the end, or until asked to stop.
   *
   * @param launcher starts the processes
   * @param workers how many there are, one for each rank
   * @param words of the command of each, without its rank
   * @return the exit code
   */
  int train(
      TrialLauncher launcher, Workers workers, RunFolder run, List<String> words, CommandSpec spec)
      throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    out.printf("run %s, trained by %s%n", run.root(), Quantities.count(workers.count(), "process"));
    out.flush();
    List<String> all = new ArrayList<>(words);
    all.addAll(options.words());
    boolean isDone;
    try (Interruption interruption =
            Interruption.listen(err, "stopping the processes, which save");
        FollowedRun progress = new FollowedRun(out, Terminal.isTerminal())) {
      isDone =
          new LaunchedRanks(launcher, workers, run, all)
              .train(progress, sentence -> say(err, sentence), interruption);
    }
    out.println(
        isDone
            ? "all steps are done; more samples with: "
                + invocation.of(List.of("sample", run.root()))
            : "not done; go on with the same command and --resume-if-begun");
    out.flush();
    return isDone ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private static void say(PrintWriter err, String sentence) {
    err.println("ddgan: " + sentence);
    err.flush();
  }
}
