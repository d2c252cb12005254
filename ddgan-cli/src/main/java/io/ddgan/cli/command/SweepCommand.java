package io.ddgan.cli.command;

import com.typesafe.config.Config;
import io.ddgan.api.TrialLauncher;
import io.ddgan.api.TrialLauncher.Capacity;
import io.ddgan.cli.environment.Backend;
import io.ddgan.cli.estimate.SweepEstimate;
import io.ddgan.cli.experiment.MeasuredRuns;
import io.ddgan.cli.options.Invocation;
import io.ddgan.cli.options.Usage;
import io.ddgan.cli.presets.Presets;
import io.ddgan.cli.process.LocalLauncher;
import io.ddgan.cli.process.OtherThread;
import io.ddgan.cli.sweep.Planner;
import io.ddgan.cli.sweep.Planner.Plan;
import io.ddgan.cli.sweep.Results;
import io.ddgan.cli.sweep.Status.TrialState;
import io.ddgan.cli.sweep.Sweep;
import io.ddgan.cli.sweep.Sweep.Policy;
import io.ddgan.cli.sweep.SweepFolder;
import io.ddgan.cli.sweep.TimeLeft;
import io.ddgan.cli.sweep.Trial;
import io.ddgan.cli.sweep.TrialCheck;
import io.ddgan.cli.sweep.Workers;
import io.ddgan.cli.terminal.Interruption;
import io.ddgan.cli.terminal.SweepProgress;
import io.ddgan.cli.terminal.SweepTable;
import io.ddgan.cli.terminal.Terminal;
import io.ddgan.file.LockFile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ddgan sweep}: trains many experiments from one file. */
@Command(
    name = "sweep",
    description = "Train many variations of an experiment, and compare them.",
    mixinStandardHelpOptions = true)
final class SweepCommand implements Subcommand {

  /** Trials at once that a terminal has lines for. */
  private static final int MOST_BARS = 16;

  private final Invocation invocation;
  private final TrialProcesses processes;
  private final Planner planner;
  private final TrialCheck check;
  private final MeasuredRuns measured;
  private final SweepEstimate estimate;
  private final SeparateTrials separate;

  @Parameters(
      index = "0",
      paramLabel = "SWEEP|FILE",
      description = "A built-in sweep or a file that says what is varied.")
  private String sweepOrFile;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The sweep's folder; sweeps/<name of the sweep> by default.")
  private Optional<Path> folder = Optional.empty();

  @Option(
      names = "--dry-run",
      description = "Check all trials, list them and say how long they take on this machine; stop.")
  private boolean dryRun;

  @Option(
      names = "--no-estimate",
      description = "With --dry-run: do not measure steps to estimate the time of the sweep.")
  private boolean withoutEstimate;

  @Option(
      names = "--plan",
      description =
          "Check all trials and write them down, each to be run with --trial, anywhere; stop.")
  private boolean plans;

  @Option(
      names = "--trial",
      paramLabel = "N|HASH",
      description =
          "Train one of the planned trials, or go on with it, in this process; its number, from 0,"
              + " or its name.")
  private Optional<String> trial = Optional.empty();

  @Option(
      names = "--collect",
      description =
          "Write the tables of a planned sweep anew, of what its trials have done so far; stop.")
  private boolean collects;

  @Option(
      names = "--status",
      description =
          "List how far the trials of a sweep are, queued ones too; change nothing; stop.")
  private boolean asksStatus;

  @Option(
      names = "--detach",
      description =
          "Launch the trials and leave them alone; with a launcher whose trials go on by themselves.")
  private boolean detach;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "Trials that run at once (default: one for each core, or what the launcher says).")
  private Optional<Integer> workers = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
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

  @Option(names = "--resume", description = "Go on with a sweep, whose file may have changed.")
  private boolean resume;

  @Option(names = "--retry-failed", description = "With --resume: try failed trials again.")
  private boolean retryFailed;

  @Option(names = "--fail-fast", description = "End the sweep when a trial fails.")
  private boolean failFast;

  @Option(
      names = "--max-trials",
      paramLabel = "N",
      description = "Run so many trials at most, and leave the others for --resume.")
  private Optional<Integer> maxTrials = Optional.empty();

  @Spec private CommandSpec spec;

  @Inject
  SweepCommand(
      Invocation invocation,
      TrialProcesses processes,
      Planner planner,
      TrialCheck check,
      MeasuredRuns measured,
      SweepEstimate estimate,
      SeparateTrials separate) {
    this.invocation = invocation;
    this.processes = processes;
    this.planner = planner;
    this.check = check;
    this.measured = measured;
    this.estimate = estimate;
    this.separate = separate;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    SweepFolder sweep = new SweepFolder(folder.orElseGet(this::defaultFolder));
    checkUsage();
    if (trial.isPresent()) {
      CommandLine train = spec.root().subcommands().get("train");
      return separate.train(sweep, trial.get(), threads, train, out);
    }
    Path file = Path.of(sweepOrFile);
    Config config = Presets.sweeps().ownOrFile(sweepOrFile, Path.of(""));
    Path near = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
    Plan plan = planner.plan(config, near);
    List<Trial> trials = plan.trials();
    if (collects || asksStatus) {
      return collect(sweep, config, plan, out);
    }
    Usage.require(
        spec,
        !detach || plan.launcher().outlivesSweep(),
        "the trials of this launcher end with the sweep, so that --detach would end them; leave it out, or choose another launcher, such as slurm");
    Workers hands = workers(cores(), plan.launcher());
    Backend backend = OtherThread.call(() -> check.check(trials));
    requireDevices(backend, plan.launcher());
    if (dryRun) {
      Results results = Results.read(sweep, trials, measured);
      SweepTable.print(results, out);
      out.printf("%s%s; nothing was run%n", count(trials.size()), omitted(plan));
      List<Trial> left = Sweep.left(results, policy());
      if (!withoutEstimate && !left.isEmpty()) {
        estimate.print(left, hands.atMost(left.size()), out);
      }
      return ExitCode.OK;
    }
    LockFile lock = sweep.open(config, resume);
    try (lock) {
      return plans ? plan(sweep, plan, out) : run(sweep, plan, hands, out);
    }
  }

  private int plan(SweepFolder sweep, Plan plan, PrintWriter out) throws IOException {
    separate.plan(sweep, plan.trials(), out);
    int last = plan.trials().size() - 1;
    out.printf(
        "planned %s%s; train them, from 0 to %d, with: %s%n",
        count(plan.trials().size()), omitted(plan), last, command(List.of("--trial", "0")));
    out.printf("see what has come of them with: %s%n", command(List.of("--collect")));
    out.flush();
    return ExitCode.OK;
  }

  private int collect(SweepFolder sweep, Config config, Plan plan, PrintWriter out)
      throws IOException {
    sweep.requireFile(config);
    if (asksStatus) {
      separate.show(sweep, plan, out);
      return ExitCode.OK;
    }
    LockFile lock = sweep.open(config, true);
    try (lock) {
      separate.collect(sweep, plan, out);
    }
    return ExitCode.OK;
  }

  /** Processes on this machine would compute on its CPU, whatever they are dealt out. */
  private void requireDevices(Backend backend, TrialLauncher launcher) {
    boolean isHere = launcher instanceof LocalLauncher;
    Usage.require(
        spec,
        devices.isEmpty() || !isHere || !backend.isCpu(),
        "--devices deals out GPUs, but this build of ddgan computes on the CPU; leave it out, or build with -Pcuda");
  }

  private Policy policy() {
    return new Policy(retryFailed, failFast, maxTrials, detach);
  }

  private static String count(int trials) {
    return trials == 1 ? "1 trial" : "%,d trials".formatted(trials);
  }

  /** What the plan leaves out, in words. */
  private static String omitted(Plan plan) {
    return (plan.excluded() > 0 ? " (%,d excluded)".formatted(plan.excluded()) : "")
        + (plan.repeated() > 0 ? " (%,d repeated, run once)".formatted(plan.repeated()) : "");
  }

  private int run(SweepFolder sweep, Plan plan, Workers most, PrintWriter out)
      throws IOException, InterruptedException {
    List<Trial> trials = plan.trials();
    Policy policy = policy();
    Results before = Results.read(sweep, trials, measured);
    List<Trial> left = Sweep.left(before, policy);
    Workers hands = most.atMost(Math.max(1, left.size()));
    out.printf(
        "sweep %s: %s%s, %,d to run, %d at once with %d %s each%n",
        sweep.root(),
        count(trials.size()),
        omitted(plan),
        left.size(),
        hands.count(),
        hands.threads(),
        hands.threads() == 1 ? "thread" : "threads");
    out.flush();
    try (Interruption interruption =
        Interruption.listen(spec.commandLine().getErr(), "stopping the trials, which save")) {
      Results results;
      try (SweepProgress progress = progress(out, before, left, hands.count())) {
        results =
            processes
                .sweep(sweep, plan.launcher(), hands, progress)
                .run(trials, policy, interruption);
      }
      if (detach && !interruption.getAsBoolean()) {
        out.printf(
            "the trials go on without this command; see how far they are with: %s%n",
            command(List.of("--status")));
        out.flush();
        return ExitCode.OK;
      }
      conclude(sweep, results, interruption.getAsBoolean(), out);
      boolean isComplete = results.count(TrialState.PENDING) == 0 || maxTrials.isPresent();
      return results.count(TrialState.FAILED) == 0 && isComplete ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private static SweepProgress progress(
      PrintWriter out, Results before, List<Trial> left, int workers) {
    return new SweepProgress(
        out,
        Terminal.isTerminal() && workers <= MOST_BARS,
        left.size(),
        new TimeLeft(before, left, workers));
  }

  private void conclude(SweepFolder sweep, Results results, boolean stopped, PrintWriter out) {
    SweepTable.print(results, out);
    out.println("results: " + sweep.results());
    long failed = results.count(TrialState.FAILED);
    if (failed > 0) {
      PrintWriter err = spec.commandLine().getErr();
      results.rows().stream()
          .filter(row -> row.status().state() == TrialState.FAILED)
          .forEach(
              row ->
                  err.printf(
                      "ddgan: trial %s failed: %s%n",
                      row.trial().name(), row.status().error().orElse("")));
      err.printf(
          "ddgan: %d of %d trials failed; what they printed is in %s; try them again with --resume --retry-failed%n",
          failed, results.rows().size(), sweep.root().resolve("trials"));
    }
    long pending = results.count(TrialState.PENDING);
    if (pending > 0) {
      boolean isRetryNeeded =
          Sweep.left(results, new Policy(false, failFast, Optional.empty(), false)).isEmpty();
      out.printf(
          "%s %s; go on with: %s%n",
          pending == 1 ? "1 trial is" : "%d trials are".formatted(pending),
          stopped ? "not done" : "left",
          goOn(isRetryNeeded));
    }
    out.flush();
  }

  /** The command that goes on with the sweep as it was run. */
  private String goOn(boolean retry) {
    List<String> words = new ArrayList<>(List.of("--resume"));
    if (retry) {
      words.add("--retry-failed");
    }
    workers.ifPresent(count -> words.addAll(List.of("--workers", count.toString())));
    threads.ifPresent(count -> words.addAll(List.of("--threads", count.toString())));
    if (!devices.isEmpty()) {
      words.addAll(List.of("--devices", String.join(",", devices)));
    }
    return command(words);
  }

  /** A command about the same sweep. */
  private String command(List<String> options) {
    List<String> words = new ArrayList<>(List.of("sweep", sweepOrFile));
    words.addAll(options);
    folder.ifPresent(named -> words.addAll(List.of("--out", named.toString())));
    return invocation.of(words);
  }

  private void checkUsage() {
    OptionSpec given = spec.commandLine().getParseResult().matchedOption("--devices");
    Usage.require(
        spec,
        given == null
            || given.originalStringValues().stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .noneMatch(String::isBlank),
        "--devices takes names of GPUs with commas between them, such as 0,1");
    workers.ifPresent(count -> Usage.requireAtLeast(1, spec, "--workers", count));
    threads.ifPresent(count -> Usage.requireThreads(spec, count));
    maxTrials.ifPresent(count -> Usage.requireAtLeast(1, spec, "--max-trials", count));
    Usage.require(spec, !withoutEstimate || dryRun, "--no-estimate goes with --dry-run");
    Usage.require(spec, !retryFailed || resume, "--retry-failed goes with --resume");
    Usage.require(
        spec,
        Stream.of(dryRun, plans, trial.isPresent(), collects, asksStatus, detach)
                .filter(asked -> asked)
                .count()
            <= 1,
        "give one of --dry-run, --plan, --trial, --collect, --status and --detach");
  }

  private Workers workers(int cores, TrialLauncher launcher) {
    Optional<Capacity> capacity = launcher.capacity();
    int most = devices.isEmpty() ? cores : devices.size();
    int count = workers.orElseGet(() -> capacity.map(Capacity::trials).orElse(most));
    int each =
        threads.orElseGet(() -> capacity.map(Capacity::threads).orElse(Math.max(1, cores / count)));
    return new Workers(count, each, devices);
  }

  /** Cores that are worth a thread each; the launcher says so where that is not all of them. */
  private static int cores() {
    return Optional.ofNullable(System.getenv("OMP_NUM_THREADS"))
        .filter(count -> count.matches("[1-9]\\d{0,3}"))
        .map(Integer::valueOf)
        .orElseGet(() -> Runtime.getRuntime().availableProcessors());
  }

  private Path defaultFolder() {
    return Path.of(
        "sweeps", Path.of(sweepOrFile).getFileName().toString().replaceFirst("\\.conf$", ""));
  }
}
