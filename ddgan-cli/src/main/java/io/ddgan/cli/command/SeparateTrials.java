package io.ddgan.cli.command;

import io.ddgan.cli.experiment.MeasuredRuns;
import io.ddgan.cli.options.CommonOptions;
import io.ddgan.cli.process.RunningTrial;
import io.ddgan.cli.sweep.PlannedTrial;
import io.ddgan.cli.sweep.Results;
import io.ddgan.cli.sweep.Status.TrialState;
import io.ddgan.cli.sweep.SweepFolder;
import io.ddgan.cli.sweep.Trial;
import io.ddgan.cli.terminal.SweepTable;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    SweepTable.print(results, out);
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
    trial.requireSource();
    trial.retry();
    List<String> words = new ArrayList<>(options.words());
    threads.ifPresent(count -> words.addAll(List.of("--threads", count.toString())));
    List<String> arguments = RunningTrial.arguments(trial.run(), trial.configuration(), words);
    int code = train.execute(arguments.stream().skip(1).toArray(String[]::new));
    return code == ExitCode.OK && !trial.isDone() ? ExitCode.SOFTWARE : code;
  }

  /** Brings the tables up to date in a folder that this process has locked. */
  void collect(SweepFolder sweep, List<Trial> trials, PrintWriter out) throws IOException {
    Results results = Results.read(sweep, trials, measured);
    results.note();
    SweepTable.print(results, out);
    out.printf(
        "%,d of %,d trials are done, %,d failed%n",
        results.count(TrialState.DONE), trials.size(), results.count(TrialState.FAILED));
    results
        .begun()
        .forEach(
            (trial, told) ->
                out.printf(
                    "  %s: %s step %,d of %,d%n",
                    trial.description(),
                    results.isInUse(trial) ? "at" : "not running, saved after",
                    told.step(),
                    told.total()));
    out.println("results: " + sweep.results());
    out.flush();
  }
}
