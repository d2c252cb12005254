package io.ddgan.cli.command;

import io.ddgan.api.TrialLauncher;
import io.ddgan.app.presets.Presets;
import io.ddgan.app.process.Workers;
import io.ddgan.app.sweep.Sweep.Policy;
import io.ddgan.app.sweep.SweepFolder;
import io.ddgan.cli.options.Positive;
import io.ddgan.cli.options.Usage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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

    @ArgGroup(exclusive = false)
    DryRun dryRun;

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

  /** A sweep that is only shown. */
  static final class DryRun {

    @Option(
        names = "--dry-run",
        required = true,
        description =
            "Check all trials, list them and say how long they take on this machine; stop.")
    boolean isGiven;

    @Option(
        names = "--no-estimate",
        description = "With --dry-run: do not measure steps to estimate the time of the sweep.")
    boolean withoutEstimate;
  }

  @ArgGroup(exclusive = false)
  private Resumption resumption;

  /** A sweep that was begun. */
  private static final class Resumption {

    @Option(
        names = "--resume",
        required = true,
        description = "Resume a sweep, whose file may have changed.")
    @SuppressWarnings("UnusedVariable") // that the group is there says it
    private boolean isGiven;

    @Option(names = "--retry-failed", description = "With --resume: try failed trials again.")
    private boolean retryFailed;
  }

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
      description =
          "Threads that each trial computes with (default: the cores divided by the workers, or what"
              + " the launcher says). The last bits of the results depend on it.")
  Optional<Integer> threads = Optional.empty();

  @Option(
      names = "--devices",
      paramLabel = "GPU",
      split = ",",
      description = "GPUs to deal out to the workers, such as 0,1.")
  List<String> devices = List.of();

  @Option(names = "--fail-fast", description = "End the sweep when a trial fails.")
  private boolean failFast;

  @Option(
      names = "--max-trials",
      paramLabel = "N",
      converter = Positive.class,
      description = "Run at most N trials, and leave the others for --resume.")
  private Optional<Integer> maxTrials = Optional.empty();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** The folder of the sweep. */
  SweepFolder folder() {
    return new SweepFolder(folder.orElseGet(() -> Path.of("sweeps", Presets.nameOf(sweepOrFile))));
  }

  boolean isResumed() {
    return resumption != null;
  }

  /** Whether not all trials are to be run now. */
  boolean isPart() {
    return maxTrials.isPresent();
  }

  Policy policy() {
    boolean retry = isResumed() && resumption.retryFailed;
    return new Policy(retry, failFast, maxTrials, instead.detach);
  }

  /** The words of a command that resumes the sweep as it was run. */
  List<String> resumption(boolean retry) {
    List<String> words = new ArrayList<>(List.of("--resume"));
    if (retry) {
      words.add("--retry-failed");
    }
    words.addAll(folderWords());
    workers.ifPresent(count -> words.addAll(List.of("--workers", count.toString())));
    threads.ifPresent(count -> words.addAll(List.of("--threads", count.toString())));
    if (!devices.isEmpty()) {
      words.addAll(List.of("--devices", String.join(",", devices)));
    }
    return words;
  }

  /** The words that say where the sweep's folder is. */
  List<String> folderWords() {
    return folder.map(named -> List.of("--out", named.toString())).orElse(List.of());
  }

  /** Checks the number of threads. */
  void check() {
    threads.ifPresent(count -> Usage.requireThreads(spec, count));
  }

  /** How many trials run at once, and on what, where the launcher and the options say. */
  Workers workers(TrialLauncher launcher) {
    return Workers.of(launcher, workers, threads, devices);
  }
}
