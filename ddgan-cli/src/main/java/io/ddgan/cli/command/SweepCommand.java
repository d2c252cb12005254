package io.ddgan.cli.command;

import com.typesafe.config.Config;
import io.ddgan.api.RefusedException;
import io.ddgan.app.environment.AppFolders;
import io.ddgan.app.estimate.DryRun;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.presets.Presets;
import io.ddgan.app.process.ComputeThread;
import io.ddgan.app.process.Invocation;
import io.ddgan.app.process.Workers;
import io.ddgan.app.sweep.PlannedTrial;
import io.ddgan.app.sweep.Planner;
import io.ddgan.app.sweep.Planner.Plan;
import io.ddgan.app.sweep.Sweep;
import io.ddgan.app.sweep.Sweep.Policy;
import io.ddgan.app.sweep.SweepFolder;
import io.ddgan.app.sweep.SweepResults;
import io.ddgan.app.sweep.SweepResults.Row;
import io.ddgan.app.sweep.Trial;
import io.ddgan.app.sweep.TrialCheck;
import io.ddgan.app.sweep.TrialStatus.TrialState;
import io.ddgan.app.text.Quantities;
import io.ddgan.cli.terminal.Interruption;
import io.ddgan.cli.terminal.SweepProgress;
import io.ddgan.cli.terminal.TerminalProgress;
import io.ddgan.cli.terminal.TrialTable;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.file.LockFile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddgan sweep}: trains many experiments from one file. */
@Command(name = "sweep", description = "Train many variations of an experiment and compare them.")
final class SweepCommand extends Subcommand {

  private final Invocation invocation;
  private final AppFolders places;
  private final Planner planner;
  private final Experiments experiments;

  @Parameters(
      index = "0",
      paramLabel = "SWEEP|FILE",
      description = "Built-in sweep, or a sweep file.")
  private String sweepOrFile;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder of the sweep (default: sweeps/<name of the sweep>).")
  private Optional<Path> folder = Optional.empty();

  @ArgGroup private Instead instead = new Instead();

  /** Alternatives to running the trials and waiting for them; at most one. */
  static final class Instead {

    @Option(
        names = "--dry-run",
        description = "Check and list all trials, estimate their time on this machine, then exit.")
    boolean dryRun;

    @Option(
        names = "--plan",
        description =
            "Check all trials and write their configurations, so that each can be run anywhere with --trial; then exit.")
    boolean plan;

    @Option(
        names = "--trial",
        paramLabel = "N|HASH",
        description =
            "Train or resume one planned trial in this process, given its number (from 0) or its hash.")
    Optional<String> trial = Optional.empty();

    @Option(
        names = "--collect",
        description = "Rewrite the result tables from the trials so far, then exit.")
    boolean collect;

    @Option(
        names = "--status",
        description = "Show the progress of all trials, including queued ones, then exit.")
    boolean status;

    @Option(
        names = "--detach",
        description =
            "Launch the trials and exit. Needs a launcher whose trials outlive the sweep, such as slurm.")
    boolean detach;
  }

  @Option(names = "--no-estimate", description = "With --dry-run: skip the estimate of the time.")
  boolean noEstimate;

  @Option(
      names = "--resume",
      description = "Resume the sweep, even if its file was edited in the meantime.")
  private boolean resume;

  @Option(names = "--retry-failed", description = "Resume the sweep and retry failed trials.")
  private boolean retryFailed;

  @Option(
      names = "--workers",
      paramLabel = "N",
      converter = Positive.class,
      description =
          "Number of trials to run at once (default: the launcher's, else one per device of --devices, else one per core).")
  private Optional<Integer> workers = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Positive.class,
      description =
          "Threads per trial (default: the launcher's, else cores divided by workers). The last bits of results may depend on it.")
  private Optional<Integer> threads = Optional.empty();

  @Option(
      names = "--devices",
      paramLabel = "GPU",
      split = ",",
      description = "GPUs to assign to the workers, such as 0,1.")
  private List<String> devices = List.of();

  @Option(names = "--fail-fast", description = "Stop the sweep when a trial fails.")
  private boolean failFast;

  @Option(
      names = "--max-trials",
      paramLabel = "N",
      converter = Positive.class,
      description = "Run at most N trials; run the others later with --resume.")
  private Optional<Integer> maxTrials = Optional.empty();

  @Inject
  SweepCommand(Invocation invocation, AppFolders places, Planner planner, Experiments experiments) {
    this.invocation = invocation;
    this.places = places;
    this.planner = planner;
    this.experiments = experiments;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    SweepFolder sweep =
        new SweepFolder(folder.orElseGet(() -> Path.of("sweeps", Presets.nameOf(sweepOrFile))));
    boolean isResumed = resume || retryFailed;
    if (instead.trial.isPresent()) {
      return train(sweep, instead.trial.get());
    }
    if (instead.collect || instead.status) {
      return collect(sweep);
    }
    Plan plan = planner.plan(sweepOrFile);
    require(
        !instead.detach || plan.launcher().supportsDetach(),
        "--detach needs a launcher whose trials outlive the sweep; use another launcher, such as slurm");
    Workers most = Workers.of(plan.launcher(), workers, threads, devices);
    sweep.requireRoom(isResumed); // before data are opened
    Set<String> data = ComputeThread.call(() -> TrialCheck.check(plan.trials(), experiments));
    say(
        "sweep %s: %s%s%s",
        sweep.root(),
        Quantities.count(plan.trials().size(), "trial"),
        plan.excluded() > 0 ? ", %,d excluded".formatted(plan.excluded()) : "",
        plan.repeated() > 0 ? ", %,d repeated, run once".formatted(plan.repeated()) : "");
    sweep.changes(plan.trials()).ifPresent(out()::println);
    // Shown because the size of the data may depend on what is installed.
    data.forEach(each -> out().println("data: " + each));
    if (instead.dryRun) {
      return show(sweep, plan, most);
    }
    LockFile lock = sweep.open(plan.file(), isResumed);
    try (lock) {
      return instead.plan ? plan(sweep, plan) : run(sweep, plan, most);
    }
  }

  /** Trains or resumes a planned trial in this process, then computes its remaining metrics. */
  private int train(SweepFolder sweep, String which) throws IOException {
    requireUnchanged(sweep);
    PlannedTrial trial = PlannedTrial.of(sweep, which);
    int code = trial.run(planner.evaluation(trial.configuration()), this::execute);
    if (code == ExitCode.OK) {
      say("trial %s is done", trial.name());
    }
    return code;
  }

  /** Returns a sentence if the sweep file has changed since the sweep was planned. */
  private Optional<String> change(SweepFolder sweep) throws IOException {
    Optional<Config> file = Presets.sweeps().find(sweepOrFile, Path.of(""));
    if (file.isEmpty() || !sweep.hasChanged(file.get())) { // a trial needs no file
      return Optional.empty();
    }
    String changed = "the sweep file has changed since %s was planned".formatted(sweep.root());
    return sweep.changes(planner.plan(sweepOrFile).trials()).or(() -> Optional.of(changed));
  }

  private void requireUnchanged(SweepFolder sweep) throws IOException {
    Optional<String> change = change(sweep);
    if (change.isPresent()) {
      throw new RefusedException(change.get() + "; plan it again with --plan --resume");
    }
  }

  private Policy policy() {
    return new Policy(retryFailed, failFast, maxTrials, instead.detach);
  }

  private int execute(List<String> command) {
    List<String> words = new ArrayList<>(command.subList(1, command.size()));
    words.addAll(places.words());
    if (command.get(0).equals("train")) {
      words.addAll(given("--threads"));
    }
    CommandLine line = spec().root().subcommands().get(command.get(0));
    return line.execute(words.toArray(String[]::new));
  }

  private int show(SweepFolder sweep, Plan plan, Workers most)
      throws IOException, InterruptedException {
    SweepResults results = SweepResults.read(sweep, plan.trials(), experiments);
    TrialTable.print(results, out());
    out().println("dry run; no trial was started");
    List<Trial> left = Sweep.untrained(Sweep.left(plan.trials(), results, policy()), results);
    if (!noEstimate && !left.isEmpty()) {
      new DryRun(experiments, out()).estimate(left, most.atMost(left.size()));
    }
    return ExitCode.OK;
  }

  private int plan(SweepFolder sweep, Plan plan) throws IOException {
    TrialTable.print(Sweep.prepare(sweep, plan.trials(), experiments), out());
    say(
        "train trials 0 to %d, each with: %s",
        plan.trials().size() - 1, about(List.of("--trial", "0")));
    out().println("collect the results with: " + about(List.of("--collect")));
    return ExitCode.OK;
  }

  private int collect(SweepFolder sweep) throws IOException {
    sweep.requireSweep();
    if (instead.collect) {
      requireUnchanged(sweep);
    } else {
      change(sweep).ifPresent(out()::println);
    }
    if (instead.status || sweep.isInUse()) { // a running sweep writes the tables itself
      list(sweep);
      return ExitCode.OK;
    }
    LockFile lock = sweep.open(Hocon.file(sweep.file()), true);
    try (lock) {
      list(sweep).note();
      out().println("results: " + sweep.results());
    }
    return ExitCode.OK;
  }

  private SweepResults list(SweepFolder sweep) throws IOException {
    SweepResults results = SweepResults.read(sweep, experiments);
    TrialTable.print(results, sweep, planner.launcher(sweep), out());
    return results;
  }

  private int run(SweepFolder sweep, Plan plan, Workers most)
      throws IOException, InterruptedException {
    List<Trial> trials = plan.trials();
    Policy policy = policy();
    SweepResults before = SweepResults.read(sweep, trials, experiments);
    List<Trial> left = Sweep.left(trials, before, policy);
    if (left.isEmpty()) {
      say(before.count(TrialState.DONE) < trials.size() ? "none to run" : "all trials are done");
    } else {
      say(
          "%,d to run, %,d at once with %s each",
          left.size(),
          most.atMost(left.size()).count(),
          Quantities.count(most.threads(), "thread"));
    }
    boolean queues = plan.launcher().capacity().isPresent();
    try (Interruption stop = Interruption.listen(err(), "saving and stopping the trials")) {
      SweepResults results;
      try (TerminalProgress work = new TerminalProgress(out())) {
        SweepProgress progress =
            new SweepProgress(work, queues, left.size(), Sweep.untrained(left, before));
        results =
            new Sweep(sweep, plan.launcher(), most, places.words(), experiments, progress)
                .run(trials, policy, stop);
      }
      if (instead.detach && !stop.getAsBoolean()) {
        sayDetached(left.size(), Sweep.waiting(trials, results));
        return ExitCode.OK;
      }
      return conclude(sweep, plan, results);
    }
  }

  private void sayDetached(int left, long waiting) {
    say(
        "launched %,d of %,d trials; show their progress with: %s",
        left - waiting, left, about(List.of("--status")));
    if (waiting > 0) {
      say(
          "%,d start from the weights of other trials; once those are done, launch them with: %s",
          waiting, about(List.of("--resume", "--detach")));
    }
  }

  private int conclude(SweepFolder sweep, Plan plan, SweepResults results) {
    TrialTable.print(results, sweep, plan.launcher(), out());
    say("results: %s", sweep.results());
    List<Trial> trials = plan.trials();
    // failed in training, or in the evaluation after it
    long failed =
        results.rows().stream()
            .map(Row::status)
            .filter(each -> !each.is(TrialState.PENDING))
            .filter(each -> each.is(TrialState.FAILED) || each.error().isPresent())
            .count();
    if (failed > 0) {
      err()
          .printf(
              "ddgan: %,d of %,d trials failed; see their logs in %s; retry them with --retry-failed%n",
              failed, trials.size(), sweep.root().resolve("trials"));
    }
    long pending = results.count(TrialState.PENDING);
    if (pending > 0) {
      boolean areBlocked =
          Sweep.left(trials, results, Policy.DEFAULT).isEmpty(); // by failed trials
      List<String> words = new ArrayList<>(List.of(areBlocked ? "--retry-failed" : "--resume"));
      words.addAll(given("--workers", "--threads", "--devices"));
      say("%s not done; resume with: %s", Quantities.count(pending, "trial"), about(words));
    }
    boolean isComplete = pending == 0 || maxTrials.isPresent();
    return failed == 0 && isComplete ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  /** Returns a command for this sweep and its folder. */
  private String about(List<String> options) {
    List<String> words = new ArrayList<>(List.of("sweep", sweepOrFile));
    words.addAll(options);
    words.addAll(given("--out"));
    return invocation.of(words);
  }
}
