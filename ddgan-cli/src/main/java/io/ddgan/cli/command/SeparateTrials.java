package io.ddgan.cli.command;

import com.typesafe.config.ConfigUtil;
import io.ddgan.api.TrialLauncher;
import io.ddgan.app.experiment.MeasuredRuns;
import io.ddgan.app.experiment.WeightSource;
import io.ddgan.app.process.RunningTrial;
import io.ddgan.app.sweep.PlannedTrial;
import io.ddgan.app.sweep.Planner.Plan;
import io.ddgan.app.sweep.Results;
import io.ddgan.app.sweep.Status.TrialState;
import io.ddgan.app.sweep.SweepFolder;
import io.ddgan.app.sweep.Trial;
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
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/**
 * The steps of a sweep whose trials something else starts, one by one: the job array of a cluster,
 * GNU parallel, Kubernetes. They share nothing but the sweep's folder.
 */
final class SeparateTrials {

  private final MeasuredRuns measured;
  private final CommonOptions options;

  @Inject
  SeparateTrials(MeasuredRuns measured, CommonOptions options) {
    this.measured = measured;
    this.options = options;
  }

  /** Writes all trials down in a folder that this process has locked. */
  void plan(SweepFolder sweep, List<Trial> trials, PrintWriter out) throws IOException {
    for (Trial trial : trials) {
      trial.write(sweep);
    }
    Results results = Results.read(sweep, trials, measured);
    results.note();
    TrialTable.print(results, out);
  }

  /**
   * Trains a planned trial in this process, or goes on with it.
   *
   * @param which its number or name
   * @param threads that were asked for
   * @param train the command that trains
   * @return the exit code, which is 0 only if the trial is done
   */
  int train(
      SweepFolder sweep,
      String which,
      Optional<Integer> threads,
      CommandLine train,
      PrintWriter out)
      throws IOException {
    PlannedTrial trial = PlannedTrial.of(sweep, which);
    if (trial.isDone()) {
      out.printf("trial %s is done already%n", trial.name());
      return ExitCode.OK;
    }
    Optional<RunFolder> source = trial.source();
    trial.retry();
    List<String> words = new ArrayList<>(options.words());
    source // wherever that is
        .map(run -> ConfigUtil.quoteString(run.root().toString()))
        .ifPresent(run -> words.add(0, WeightSource.KEY + "=" + run));
    threads.ifPresent(count -> words.addAll(List.of("--threads", count.toString())));
    List<String> arguments = RunningTrial.arguments(trial.run(), trial.configuration(), words);
    int code = train.execute(arguments.stream().skip(1).toArray(String[]::new));
    return code == ExitCode.OK && !trial.isDone() ? ExitCode.SOFTWARE : code;
  }

  /** Brings the tables up to date in a folder that this process has locked. */
  void collect(SweepFolder sweep, Plan plan, PrintWriter out) throws IOException {
    Results results = Results.read(sweep, plan.trials(), measured);
    results.note();
    show(sweep, plan, results, out);
    out.println("results: " + sweep.results());
  }

  /** Lists how far all trials are. */
  void show(SweepFolder sweep, Plan plan, PrintWriter out) throws IOException {
    show(sweep, plan, Results.read(sweep, plan.trials(), measured), out);
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
      if (row.status().state() != TrialState.DONE) {
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
