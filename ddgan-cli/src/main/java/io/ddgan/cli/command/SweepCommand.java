package io.ddgan.cli.command;

import com.typesafe.config.Config;
import io.ddgan.app.environment.Places;
import io.ddgan.app.estimate.SweepEstimate;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.process.Invocation;
import io.ddgan.app.process.OtherThread;
import io.ddgan.app.process.Workers;
import io.ddgan.app.sweep.PlannedTrial;
import io.ddgan.app.sweep.Planner;
import io.ddgan.app.sweep.Planner.Plan;
import io.ddgan.app.sweep.Results;
import io.ddgan.app.sweep.Status;
import io.ddgan.app.sweep.Status.TrialState;
import io.ddgan.app.sweep.Sweep;
import io.ddgan.app.sweep.Sweep.Policy;
import io.ddgan.app.sweep.SweepFolder;
import io.ddgan.app.sweep.Trial;
import io.ddgan.app.sweep.TrialCheck;
import io.ddgan.app.text.Quantities;
import io.ddgan.cli.terminal.Interruption;
import io.ddgan.cli.terminal.SweepProgress;
import io.ddgan.cli.terminal.TrialTable;
import io.ddgan.cli.terminal.WorkProgress;
import io.ddgan.internal.file.LockFile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** {@code ddgan sweep}: trains many experiments from one file. */
@Command(name = "sweep", description = "Train many variations of an experiment, and compare them.")
final class SweepCommand extends Subcommand {

  private final Invocation invocation;
  private final Places places;
  private final Planner planner;
  private final TrialCheck check;
  private final Experiments experiments;
  private final SweepEstimate estimate;

  @Mixin private SweepOptions asked;

  @Inject
  SweepCommand(
      Invocation invocation,
      Places places,
      Planner planner,
      TrialCheck check,
      Experiments experiments,
      SweepEstimate estimate) {
    this.invocation = invocation;
    this.places = places;
    this.planner = planner;
    this.check = check;
    this.experiments = experiments;
    this.estimate = estimate;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    SweepFolder sweep = asked.folder();
    if (asked.instead.trial.isPresent()) {
      return train(sweep, asked.instead.trial.get());
    }
    Plan plan = planner.plan(asked.sweepOrFile);
    if (asked.instead.collect || asked.instead.status) {
      sweep.requireTrials(plan.trials());
      return collect(sweep, plan);
    }
    require(
        !asked.instead.detach || plan.launcher().outlivesSweep(),
        "--detach needs a launcher whose trials continue without the sweep, such as slurm");
    Workers workers = asked.workers(plan.launcher());
    sweep.requireRoom(asked.isResumed()); // before data are opened
    Set<String> data = OtherThread.call(() -> check.check(plan.trials()));
    say(
        "sweep %s: %s%s%s",
        sweep.root(),
        Quantities.count(plan.trials().size(), "trial"),
        plan.excluded() > 0 ? ", %,d excluded".formatted(plan.excluded()) : "",
        plan.repeated() > 0 ? ", %,d repeated, run once".formatted(plan.repeated()) : "");
    // Of which there may be more or fewer than somebody thinks, as for what is installed or not.
    data.forEach(each -> out().println("data: " + each));
    if (asked.instead.dryRun) {
      return show(sweep, plan, workers);
    }
    LockFile lock = sweep.open(plan.file(), asked.isResumed());
    try (lock) {
      return asked.instead.plan ? plan(sweep, plan) : run(sweep, plan, workers);
    }
  }

  /** Trains a planned trial in this process, or resumes it, and measures what is left of it. */
  private int train(SweepFolder sweep, String which) throws IOException {
    Optional<Config> file = planner.file(asked.sweepOrFile);
    if (file.isPresent()) { // it need not be on a machine that trains a trial
      sweep.requireUnchanged(file.get());
    }
    PlannedTrial trial = PlannedTrial.of(sweep, which);
    if (!trial.isTrained()) {
      List<String> words = new ArrayList<>(places.words());
      words.addAll(given("--threads"));
      int code = execute(trial.training(words));
      if (code != ExitCode.OK || !trial.isTrained()) {
        return code == ExitCode.OK ? ExitCode.SOFTWARE : code;
      }
    }
    String configuration = sweep.configuration(trial.name()).toString();
    String wanted = planner.evaluation(experiments.read(configuration, List.of()));
    Optional<List<String>> measuring = trial.measuring(wanted, places.words());
    if (measuring.isPresent()) {
      int code = execute(measuring.get());
      if (code != ExitCode.OK) {
        return code;
      }
      trial.measured(wanted);
    }
    say("trial %s is done", trial.name());
    return ExitCode.OK;
  }

  private int execute(List<String> words) {
    return spec()
        .root()
        .subcommands()
        .get(words.get(0))
        .execute(words.subList(1, words.size()).toArray(String[]::new));
  }

  private int show(SweepFolder sweep, Plan plan, Workers workers)
      throws IOException, InterruptedException {
    Results results = Results.read(sweep, plan.trials(), experiments);
    TrialTable.print(results, out());
    out().println("nothing was run");
    List<Trial> left = Sweep.untrained(Sweep.left(plan.trials(), results, asked.policy()), results);
    if (!asked.withoutEstimate && !left.isEmpty()) {
      estimate.print(left, workers.atMost(left.size()), out());
    }
    return ExitCode.OK;
  }

  private int plan(SweepFolder sweep, Plan plan) throws IOException {
    TrialTable.print(Sweep.prepare(sweep, plan.trials(), experiments), out());
    say(
        "train each, from 0 to %d, with: %s",
        plan.trials().size() - 1, about(List.of("--trial", "0")));
    out().println("see what has come of them with: " + about(List.of("--collect")));
    return ExitCode.OK;
  }

  private int collect(SweepFolder sweep, Plan plan) throws IOException {
    if (asked.instead.status || sweep.isInUse()) { // a sweep that runs keeps the tables itself
      list(sweep, plan);
      return ExitCode.OK;
    }
    LockFile lock = sweep.open(plan.file(), true);
    try (lock) {
      list(sweep, plan).note();
      out().println("results: " + sweep.results());
    }
    return ExitCode.OK;
  }

  private Results list(SweepFolder sweep, Plan plan) throws IOException {
    Results results = Results.read(sweep, plan.trials(), experiments);
    TrialTable.print(results, sweep, plan.launcher(), out());
    return results;
  }

  private int run(SweepFolder sweep, Plan plan, Workers most)
      throws IOException, InterruptedException {
    List<Trial> trials = plan.trials();
    Policy policy = asked.policy();
    Results before = Results.read(sweep, trials, experiments);
    List<Trial> left = Sweep.left(trials, before, policy);
    Workers workers = most.atMost(left.size());
    say(
        "%,d to run, %,d at once with %s each",
        left.size(), workers.count(), Quantities.count(workers.threads(), "thread"));
    boolean queues = plan.launcher().capacity().isPresent();
    try (Interruption stop = Interruption.listen(err(), "stopping the trials, which save")) {
      Results results;
      try (WorkProgress work = new WorkProgress(out())) {
        SweepProgress progress =
            new SweepProgress(work, queues, left.size(), Sweep.untrained(left, before));
        results =
            new Sweep(sweep, plan.launcher(), workers, places.words(), experiments, progress)
                .run(trials, policy, stop);
      }
      return asked.instead.detach && !stop.getAsBoolean()
          ? detach(left.size(), Sweep.waiting(trials, results))
          : conclude(sweep, plan, results);
    }
  }

  private int detach(int left, long waiting) {
    say(
        "%,d of %,d trials are launched and continue without this command; see their progress with: %s",
        left - waiting, left, about(List.of("--status")));
    if (waiting > 0) {
      say(
          "%,d begin with the weights of others; when these are done, launch them with: %s",
          waiting, about(List.of("--resume", "--detach")));
    }
    return ExitCode.OK;
  }

  private int conclude(SweepFolder sweep, Plan plan, Results results) {
    TrialTable.print(results, sweep, plan.launcher(), out());
    say("results: %s", sweep.results());
    List<Trial> trials = plan.trials();
    long failed = results.rows().stream().filter(row -> isFailure(row.status())).count();
    if (failed > 0) {
      err()
          .printf(
              "ddgan: %,d of %,d trials failed; what they printed is in %s; try them again with --resume --retry-failed%n",
              failed, trials.size(), sweep.root().resolve("trials"));
    }
    long pending = results.count(TrialState.PENDING);
    if (pending > 0) {
      List<String> words = new ArrayList<>(List.of("--resume"));
      if (Sweep.left(trials, results, Policy.DEFAULT).isEmpty()) { // others have to be done first
        words.add("--retry-failed");
      }
      words.addAll(given("--workers", "--threads", "--devices"));
      say("%s not done; continue with: %s", Quantities.count(pending, "trial"), about(words));
    }
    boolean isComplete = pending == 0 || asked.isPart();
    return failed == 0 && isComplete ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  /** Of its training, or of a measurement after that. */
  private static boolean isFailure(Status status) {
    return status.is(TrialState.FAILED)
        || (status.is(TrialState.DONE) && status.error().isPresent());
  }

  /** A command about the same sweep in its folder. */
  private String about(List<String> options) {
    List<String> words = new ArrayList<>(List.of("sweep", asked.sweepOrFile));
    words.addAll(options);
    words.addAll(given("--out"));
    return invocation.of(words);
  }
}
