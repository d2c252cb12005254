package io.ddgan.cli.command;

import io.ddgan.api.TrialLauncher;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.sweep.PlannedTrial;
import io.ddgan.app.sweep.Planner;
import io.ddgan.app.sweep.Planner.Plan;
import io.ddgan.app.sweep.Results;
import io.ddgan.app.sweep.Status.TrialState;
import io.ddgan.app.sweep.Sweep;
import io.ddgan.app.sweep.SweepFolder;
import io.ddgan.app.text.Quantities;
import io.ddgan.cli.options.CommonOptions;
import io.ddgan.cli.terminal.TrialTable;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.run.RunProgress;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/**
 * The steps of a sweep whose trials something else starts, one by one: the job array of a cluster,
 * GNU parallel, Kubernetes. They share nothing but the sweep's folder.
 */
final class SeparateTrials {

  private final Planner planner;
  private final Experiments experiments;
  private final CommonOptions options;

  @Inject
  SeparateTrials(Planner planner, Experiments experiments, CommonOptions options) {
    this.planner = planner;
    this.experiments = experiments;
    this.options = options;
  }

  /** Writes all trials down in a folder that this process has locked. */
  void plan(SweepFolder sweep, Plan plan, PrintWriter out) throws IOException {
    TrialTable.print(Sweep.prepare(sweep, plan.trials(), experiments), out);
  }

  /**
   * Trains a planned trial in this process, or resumes it, and measures what has not been measured.
   *
   * @param which its number or name
   * @param threads that were asked for
   * @param commands those of the program
   * @return the exit code, which is 0 only if the trial is done
   */
  int train(
      SweepFolder sweep,
      String which,
      Optional<Integer> threads,
      Map<String, CommandLine> commands,
      PrintWriter out)
      throws IOException {
    PlannedTrial trial = PlannedTrial.of(sweep, which);
    if (!trial.isTrained()) {
      List<String> words = new ArrayList<>(options.words());
      threads.ifPresent(count -> words.addAll(List.of("--threads", count.toString())));
      int code = run(trial.training(words), commands);
      if (code != ExitCode.OK || !trial.isTrained()) {
        return code == ExitCode.OK ? ExitCode.SOFTWARE : code;
      }
    }
    String wanted =
        planner.evaluation(
            experiments.read(sweep.configuration(trial.name()).toString(), List.of()));
    Optional<List<String>> measuring = trial.measuring(wanted, options.words());
    if (measuring.isPresent()) {
      int code = run(measuring.get(), commands);
      if (code != ExitCode.OK) {
        return code;
      }
      trial.measured(wanted);
    }
    out.printf("trial %s is done%n", trial.name());
    return ExitCode.OK;
  }

  private static int run(List<String> words, Map<String, CommandLine> commands) {
    return commands
        .get(words.get(0))
        .execute(words.subList(1, words.size()).toArray(String[]::new));
  }

  /** Brings the tables up to date in a folder that this process has locked. */
  void collect(SweepFolder sweep, Plan plan, PrintWriter out) throws IOException {
    Results results = Results.read(sweep, plan.trials(), experiments);
    results.note();
    show(sweep, plan, results, out);
    out.println("results: " + sweep.results());
  }

  /** Lists how far all trials are. */
  void show(SweepFolder sweep, Plan plan, PrintWriter out) throws IOException {
    show(sweep, plan, Results.read(sweep, plan.trials(), experiments), out);
  }

  private static void show(SweepFolder sweep, Plan plan, Results results, PrintWriter out)
      throws IOException {
    TrialTable.print(results, out);
    out.printf(
        "%,d of %s done, %,d failed%n",
        results.count(TrialState.DONE),
        Quantities.count(plan.trials().size(), "trial"),
        results.count(TrialState.FAILED));
    Set<String> launched = launched(sweep, plan.launcher(), out);
    for (Results.Row row : results.rows()) {
      if (!row.status().is(TrialState.DONE)) {
        whereabouts(row, sweep.run(row.trial().name()), launched.contains(row.trial().name()))
            .ifPresent(text -> out.printf("  %s %s%n", row.trial().description(), text));
      }
    }
  }

  private static Set<String> launched(SweepFolder sweep, TrialLauncher launcher, PrintWriter out) {
    try {
      return launcher.outlivesSweep() ? launcher.launched(sweep.files(launcher)) : Set.of();
    } catch (IOException e) {
      out.println("what is in the queue is not known: " + e.getMessage());
      return Set.of();
    }
  }

  /** What is known of a trial that is not done, beyond its state. */
  private static Optional<String> whereabouts(Results.Row row, RunFolder run, boolean isLaunched) {
    Optional<RunProgress> told = RunProgress.read(run.progress());
    String so = told.map(p -> "step %,d of %,d".formatted(p.step(), p.total())).orElse("step 0");
    if (run.isInUse()) {
      return Optional.of("is being trained, at " + so);
    }
    if (isLaunched) {
      return Optional.of(told.isEmpty() ? "is in the queue" : "is in the queue, after " + so);
    }
    return row.status()
        .error()
        .or(() -> told.map(p -> "was started but is not running; it was at " + so));
  }
}
