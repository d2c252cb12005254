package io.ddgan.cli.command;

import com.typesafe.config.Config;
import io.ddgan.app.estimate.SweepEstimate;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.process.Invocation;
import io.ddgan.app.process.OtherThread;
import io.ddgan.app.process.Workers;
import io.ddgan.app.sweep.Planner;
import io.ddgan.app.sweep.Planner.Plan;
import io.ddgan.app.sweep.Results;
import io.ddgan.app.sweep.Status.TrialState;
import io.ddgan.app.sweep.Sweep;
import io.ddgan.app.sweep.Sweep.Policy;
import io.ddgan.app.sweep.SweepFolder;
import io.ddgan.app.sweep.Trial;
import io.ddgan.app.sweep.TrialCheck;
import io.ddgan.app.text.Quantities;
import io.ddgan.cli.options.CommonOptions;
import io.ddgan.cli.options.Usage;
import io.ddgan.cli.terminal.Interruption;
import io.ddgan.cli.terminal.SweepProgress;
import io.ddgan.cli.terminal.Terminal;
import io.ddgan.cli.terminal.TrialTable;
import io.ddgan.internal.file.LockFile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
  private final CommonOptions options;
  private final Planner planner;
  private final TrialCheck check;
  private final Experiments experiments;
  private final SweepEstimate estimate;
  private final SeparateTrials separate;

  @Mixin private SweepOptions asked;
  @Spec private CommandSpec spec;

  @Inject
  SweepCommand(
      Invocation invocation,
      CommonOptions options,
      Planner planner,
      TrialCheck check,
      Experiments experiments,
      SweepEstimate estimate,
      SeparateTrials separate) {
    this.invocation = invocation;
    this.options = options;
    this.planner = planner;
    this.check = check;
    this.experiments = experiments;
    this.estimate = estimate;
    this.separate = separate;
  }

  /** Trains and measures a single trial. */
  @Override
  public Set<String> calls() {
    return Set.of("train", "evaluate");
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    SweepFolder sweep = asked.folder();
    asked.check();
    if (asked.instead.trial.isPresent()) {
      Optional<Config> file = planner.file(asked.sweepOrFile);
      if (file.isPresent()) { // it need not be on a machine that trains a trial
        sweep.requireUnchanged(file.get());
      }
      return separate.train(
          sweep, asked.instead.trial.get(), asked.threads, spec.root().subcommands(), out);
    }
    Plan plan = planner.plan(asked.sweepOrFile);
    if (asked.instead.collect || asked.instead.status) {
      sweep.requireTrials(plan.trials());
      return collect(sweep, plan, out);
    }
    Usage.require(
        spec,
        !asked.instead.detach || plan.launcher().outlivesSweep(),
        "--detach needs a launcher whose trials continue without the sweep, such as slurm");
    Workers workers = asked.workers(plan.launcher());
    sweep.requireRoom(asked.isResumed()); // before data are opened
    Set<String> data = OtherThread.call(() -> check.check(plan.trials()));
    if (asked.instead.dryRun != null) {
      return show(sweep, plan, data, workers, out);
    }
    LockFile lock = sweep.open(plan.file(), asked.isResumed());
    try (lock) {
      return asked.instead.plan ? plan(sweep, plan, out) : run(sweep, plan, data, workers, out);
    }
  }

  private int show(SweepFolder sweep, Plan plan, Set<String> data, Workers workers, PrintWriter out)
      throws IOException, InterruptedException {
    Results results = Results.read(sweep, plan.trials(), experiments);
    TrialTable.print(results, out);
    out.printf(
        "%s%s; nothing was run%n", Quantities.count(plan.trials().size(), "trial"), omitted(plan));
    say(data, out);
    List<Trial> left = Sweep.untrained(Sweep.left(plan.trials(), results, asked.policy()), results);
    if (!asked.instead.dryRun.withoutEstimate && !left.isEmpty()) {
      estimate.print(left, workers.atMost(left.size()), out);
    }
    return ExitCode.OK;
  }

  private int plan(SweepFolder sweep, Plan plan, PrintWriter out) throws IOException {
    separate.plan(sweep, plan, out);
    int last = plan.trials().size() - 1;
    out.printf(
        "planned %s%s; train %s with: %s%n",
        Quantities.count(plan.trials().size(), "trial"),
        omitted(plan),
        last == 0 ? "it" : "them, from 0 to %d,".formatted(last),
        about("--trial", "0"));
    out.printf("see what has come of them with: %s%n", about("--collect"));
    return ExitCode.OK;
  }

  private int collect(SweepFolder sweep, Plan plan, PrintWriter out) throws IOException {
    if (asked.instead.status || sweep.isInUse()) { // a sweep that runs keeps the tables itself
      separate.show(sweep, plan, out);
      return ExitCode.OK;
    }
    LockFile lock = sweep.open(plan.file(), true);
    try (lock) {
      separate.collect(sweep, plan, out);
    }
    return ExitCode.OK;
  }

  /** Of which there may be more or fewer than somebody thinks, as for what is installed or not. */
  private static void say(Set<String> data, PrintWriter out) {
    data.forEach(each -> out.printf("data: %s%n", each));
  }

  /** What the plan leaves out, in words. */
  private static String omitted(Plan plan) {
    return (plan.excluded() > 0 ? " (%,d excluded)".formatted(plan.excluded()) : "")
        + (plan.repeated() > 0 ? " (%,d repeated, run once)".formatted(plan.repeated()) : "");
  }

  private int run(SweepFolder sweep, Plan plan, Set<String> data, Workers most, PrintWriter out)
      throws IOException, InterruptedException {
    List<Trial> trials = plan.trials();
    Policy policy = asked.policy();
    Results before = Results.read(sweep, trials, experiments);
    List<Trial> left = Sweep.left(trials, before, policy);
    Workers workers = most.atMost(left.size());
    out.printf(
        "sweep %s: %s%s, %,d to run, %,d at once with %s each%n",
        sweep.root(),
        Quantities.count(trials.size(), "trial"),
        omitted(plan),
        left.size(),
        workers.count(),
        Quantities.count(workers.threads(), "thread"));
    say(data, out);
    try (Interruption interruption =
        Interruption.listen(spec.commandLine().getErr(), "stopping the trials, which save")) {
      Results results;
      boolean queues = plan.launcher().capacity().isPresent();
      List<Trial> trained = Sweep.untrained(left, before);
      boolean hasBars = Terminal.isTerminal() && workers.count() <= MOST_BARS;
      try (SweepProgress progress = new SweepProgress(out, hasBars, queues, left.size(), trained)) {
        results =
            new Sweep(sweep, plan.launcher(), workers, options.words(), experiments, progress)
                .run(trials, policy, interruption);
      }
      if (asked.instead.detach && !interruption.getAsBoolean()) {
        sayLaunched(left.size(), Sweep.waiting(trials, results), out);
        return ExitCode.OK;
      }
      return conclude(sweep, trials, results, interruption.getAsBoolean(), out);
    }
  }

  /** What continues without this command, and what does not yet. */
  private void sayLaunched(int left, long waiting, PrintWriter out) {
    out.printf(
        "%,d of %,d trials are launched and continue without this command; see their progress with: %s%n",
        left - waiting, left, about("--status"));
    if (waiting > 0) {
      out.printf(
          "%,d begin with the weights of others; when these are done, launch them with: %s%n",
          waiting, about("--resume", "--detach"));
    }
  }

  private int conclude(
      SweepFolder sweep, List<Trial> trials, Results results, boolean stopped, PrintWriter out) {
    TrialTable.print(results, out);
    out.println("results: " + sweep.results());
    List<Results.Row> failed =
        results.rows().stream()
            .filter(
                row ->
                    row.status().is(TrialState.FAILED)
                        || (row.status().is(TrialState.DONE) && row.status().error().isPresent()))
            .toList();
    if (!failed.isEmpty()) {
      PrintWriter err = spec.commandLine().getErr();
      for (Results.Row row : failed) {
        err.printf(
            "ddgan: trial %s failed: %s%n", row.trial().name(), row.status().error().orElse(""));
      }
      err.printf(
          "ddgan: %,d of %,d trials failed; what they printed is in %s; try them again with --resume --retry-failed%n",
          failed.size(), trials.size(), sweep.root().resolve("trials"));
    }
    long pending = results.count(TrialState.PENDING);
    if (pending > 0) {
      boolean isRetryNeeded = Sweep.left(trials, results, Policy.DEFAULT).isEmpty();
      out.printf(
          "%s %s %s; continue with: %s%n",
          Quantities.count(pending, "trial"),
          pending == 1 ? "is" : "are",
          stopped ? "not done" : "left",
          command(asked.resumption(isRetryNeeded)));
    }
    boolean isComplete = pending == 0 || asked.isPart();
    return failed.isEmpty() && isComplete ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  /** A command about the same sweep in its folder. */
  private String about(String... options) {
    List<String> words = new ArrayList<>(List.of(options));
    words.addAll(asked.folderWords());
    return command(words);
  }

  /** A command about the same sweep. */
  private String command(List<String> options) {
    List<String> words = new ArrayList<>(List.of("sweep", asked.sweepOrFile));
    words.addAll(options);
    return invocation.of(words);
  }
}
