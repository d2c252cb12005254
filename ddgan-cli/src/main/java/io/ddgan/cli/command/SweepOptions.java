package io.ddgan.cli.command;

import io.ddgan.api.TrialLauncher;
import io.ddgan.app.presets.Presets;
import io.ddgan.app.process.Workers;
import io.ddgan.app.sweep.Sweep.Policy;
import io.ddgan.app.sweep.SweepFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code ddgan sweep}. */
final class SweepOptions {

  @Parameters(
      index = "0",
      paramLabel = "SWEEP|FILE",
      description = "A built-in sweep or a file that says what is varied.")
  String sweepOrFile;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The sweep's folder; sweeps/<name of the sweep> by default.")
  private Optional<Path> folder = Optional.empty();

  @ArgGroup Instead instead = new Instead();

  /** What is done instead of running the trials and waiting for them: one of these. */
  static final class Instead {

    @Option(
        names = "--dry-run",
        description =
            "Check all trials, list them and say how long they take on this machine; stop.")
    boolean dryRun;

    @Option(
        names = "--plan",
        description =
            "Check all trials and write them down, each to be run with --trial, anywhere; stop.")
    boolean plan;

    @Option(
        names = "--trial",
        paramLabel = "N|HASH",
        description =
            "Train one of the planned trials, or resume it, in this process; its number, from 0,"
                + " or its name.")
    Optional<String> trial = Optional.empty();

    @Option(
        names = "--collect",
        description =
            "Rewrite the tables of a planned sweep from what its trials have done so far, then"
                + " exit.")
    boolean collect;

    @Option(
        names = "--status",
        description =
            "Show the progress of the trials of a sweep, queued ones too, then exit; change"
                + " nothing.")
    boolean status;

    @Option(
        names = "--detach",
        description =
            "Launch the trials and exit; with a launcher whose trials continue without the sweep.")
    boolean detach;
  }

  @Option(
      names = "--no-estimate",
      description = "With --dry-run: do not measure steps to estimate the time of the sweep.")
  boolean withoutEstimate;

  @Option(names = "--resume", description = "Resume a sweep, whose file may have changed.")
  private boolean resume;

  @Option(names = "--retry-failed", description = "Resume, and try failed trials again.")
  private boolean retryFailed;

  @Option(
      names = "--workers",
      paramLabel = "N",
      converter = Positive.class,
      description =
          "Trials that run at once (default: one for each core, or what the launcher says).")
  private Optional<Integer> workers = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Positive.class,
      description =
          "Threads that each trial computes with (default: the cores divided by the workers, or what"
              + " the launcher says). The last bits of the results depend on it.")
  private Optional<Integer> threads = Optional.empty();

  @Option(
      names = "--devices",
      paramLabel = "GPU",
      split = ",",
      description = "GPUs to deal out to the workers, such as 0,1.")
  private List<String> devices = List.of();

  @Option(names = "--fail-fast", description = "End the sweep when a trial fails.")
  private boolean failFast;

  @Option(
      names = "--max-trials",
      paramLabel = "N",
      converter = Positive.class,
      description = "Run at most N trials, and leave the others for --resume.")
  private Optional<Integer> maxTrials = Optional.empty();

  /** The folder of the sweep. */
  SweepFolder folder() {
    return new SweepFolder(folder.orElseGet(() -> Path.of("sweeps", Presets.nameOf(sweepOrFile))));
  }

  boolean isResumed() {
    return resume || retryFailed;
  }

  /** Whether not all trials are to be run now. */
  boolean isPart() {
    return maxTrials.isPresent();
  }

  Policy policy() {
    return new Policy(retryFailed, failFast, maxTrials, instead.detach);
  }

  /** How many trials run at once, and on what, where the launcher and the options say. */
  Workers workers(TrialLauncher launcher) {
    return Workers.of(launcher, workers, threads, devices);
  }
}
