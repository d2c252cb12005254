package io.ddgan.app.sweep;

import io.ddgan.api.ProcessLauncher;
import io.ddgan.api.ProcessLauncher.Session;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.process.CommandRunner;
import io.ddgan.app.process.CommandRunner.CommandEnd;
import io.ddgan.app.process.CommandRunner.LaunchedCommand;
import io.ddgan.app.process.Workers;
import io.ddgan.app.sweep.SweepListener.Task;
import io.ddgan.app.sweep.TrialStatus.TrialState;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.run.RunProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Runs the trials of a sweep with a launcher, several at a time. This process must have locked the
 * folder.
 *
 * @param workers the maximum number of trials at a time; with fewer trials, each gets more memory,
 *     but not more threads
 * @param options further arguments of each trial's command
 */
public record Sweep(
    SweepFolder folder,
    ProcessLauncher launcher,
    Workers workers,
    List<String> options,
    Experiments experiments,
    SweepListener listener) {

  private static final double SECOND = 1e9;

  /**
   * The choice of the trials to run.
   *
   * @param retry true to retry failed trials
   * @param failFast true to stop the sweep at the first failure
   * @param maxTrials the maximum number of trials to run
   * @param detach true to return once the trials are launched
   */
  public record Policy(
      boolean retry, boolean failFast, Optional<Integer> maxTrials, boolean detach) {

    /** Runs all trials, except failed ones. */
    public static final Policy DEFAULT = new Policy(false, false, Optional.empty(), false);
  }

  /**
   * Runs the remaining trials and evaluations.
   *
   * @param stop polled; true makes the trials save and end
   * @return the results of all trials
   * @throws IOException if the sweep's folder cannot be read or written, or the launcher fails
   */
  public SweepResults run(List<Trial> trials, Policy policy, BooleanSupplier stop)
      throws IOException, InterruptedException {
    SweepResults results = SweepResults.read(folder, trials, experiments);
    results.note();
    Trials work = new Trials(results, policy, left(trials, results, policy));
    for (Trial trial : trials) {
      if (isHopeless(trial, results, policy)) {
        work.skip(trial);
      }
    }
    new CommandRunner(launcher, workers.atMost(work.waiting.size()))
        .run(work, folder.files(launcher), () -> work.isEnding || stop.getAsBoolean());
    return results;
  }

  /** Returns the trials to train or to evaluate again. */
  public static List<Trial> left(List<Trial> trials, SweepResults results, Policy policy) {
    return trials.stream()
        .filter(
            trial -> {
              TrialStatus status = results.status(trial.name());
              return switch (status.state()) {
                case PENDING -> !isHopeless(trial, results, policy);
                case FAILED -> policy.retry();
                case DONE -> status.isMeasurementLeft(trial.evaluation());
              };
            })
        .limit(policy.maxTrials().orElse(Integer.MAX_VALUE))
        .toList();
  }

  /** Returns those of them that must be trained. */
  public static List<Trial> untrained(List<Trial> left, SweepResults results) {
    return left.stream().filter(each -> !results.status(each.name()).is(TrialState.DONE)).toList();
  }

  /** Returns whether it starts, directly or indirectly, from a failed trial that is not retried. */
  private static boolean isHopeless(Trial trial, SweepResults results, Policy policy) {
    return results.status(trial.name()).is(TrialState.PENDING)
        && trial
            .source()
            .filter(
                source ->
                    isHopeless(source, results, policy)
                        || (results.status(source.name()).is(TrialState.FAILED) && !policy.retry()))
            .isPresent();
  }

  /** Returns the number of trials that start from the weights of unfinished ones. */
  public static long waiting(List<Trial> trials, SweepResults results) {
    return trials.stream()
        .filter(trial -> results.status(trial.name()).is(TrialState.PENDING))
        .filter(trial -> missing(trial, results).isPresent())
        .count();
  }

  private static Optional<Trial> missing(Trial trial, SweepResults results) {
    return trial.source().filter(source -> !results.status(source.name()).is(TrialState.DONE));
  }

  /** Writes the configurations of all trials, to be run elsewhere, and returns their results. */
  public static SweepResults prepare(
      SweepFolder folder, List<Trial> trials, Experiments experiments) throws IOException {
    SweepResults results = SweepResults.read(folder, trials, experiments);
    results.note();
    for (Trial trial : trials) {
      prepare(folder, trial, results);
    }
    return results;
  }

  /** Writes a trial's configuration and, if it has not started, notes its evaluation settings. */
  private static Path prepare(SweepFolder folder, Trial trial, SweepResults results)
      throws IOException {
    Path file = trial.write(folder);
    if (!folder.run(trial.name()).isRun()) {
      Optional<String> evaluation = Optional.of(trial.evaluation());
      results.note(trial.name(), results.status(trial.name()).measuredBy(evaluation));
    }
    return file;
  }

  /** A running trial. */
  private record Running(Trial trial, Task task, Optional<RunProgress> before, long began) {}

  private final class Trials extends CommandRunner.Work {

    private final SweepResults results;
    private final Policy policy;
    private final List<Trial> waiting;
    private final Map<String, Running> running = new HashMap<>();
    private final Set<String> postponed = new HashSet<>();
    private long lastPoll = System.nanoTime();
    private boolean isEnding;

    Trials(SweepResults results, Policy policy, List<Trial> waiting) {
      super(List.of());
      this.results = results;
      this.policy = policy;
      this.waiting = new ArrayList<>(waiting);
    }

    @Override
    protected boolean isEmpty() {
      return waiting.isEmpty();
    }

    @Override
    protected void clear() {
      waiting.clear();
    }

    @Override
    protected boolean isDetached() {
      return policy.detach();
    }

    @Override
    protected Optional<LaunchedCommand> next(Session session) throws IOException {
      for (Iterator<Trial> each = waiting.iterator(); each.hasNext(); ) {
        Trial trial = each.next();
        Optional<Trial> missing = missing(trial, results);
        if (missing.isPresent()) {
          if (!waiting.contains(missing.get()) && !running.containsKey(missing.get().name())) {
            each.remove();
            skip(trial);
          }
        } else {
          boolean isLaunched = session.attach(trial.name()).isPresent();
          if (isLaunched || isFree(trial)) {
            each.remove();
            return Optional.of(start(trial, isLaunched));
          }
        }
      }
      return Optional.empty();
    }

    /**
     * Returns whether the trial's run is free; a process of an earlier sweep may still be ending.
     */
    private boolean isFree(Trial trial) {
      boolean isFree = !folder.run(trial.name()).isInUse();
      if (!isFree && postponed.add(trial.name())) {
        listener.onTrialPostponed(trial, false, "its run is in use by another process");
      }
      return isFree;
    }

    /** Skips a trial whose initial weights will not be trained. */
    private void skip(Trial trial) throws IOException {
      String missing = trial.source().orElseThrow().description();
      String why = "it starts from the weights of %s, which is not done".formatted(missing);
      TrialStatus status = results.status(trial.name());
      results.set(trial.name(), status.now(TrialState.PENDING, 0, Optional.of(why)));
      listener.onTrialPostponed(trial, true, why);
    }

    private LaunchedCommand start(Trial trial, boolean isLaunched) throws IOException {
      RunFolder run = folder.run(trial.name());
      TrialStatus status = results.status(trial.name());
      if (status.is(TrialState.FAILED)) {
        results.set(trial.name(), status.retried(run));
      }
      Task task = Task.MEASURING;
      List<String> words = new ArrayList<>();
      if (status.is(TrialState.DONE)) {
        words.addAll(Trial.measuring(run, trial.resolved()));
      } else {
        task = isLaunched || run.isRun() ? Task.RESUMING : Task.TRAINING;
        words.addAll(Trial.training(run, prepare(folder, trial, results)));
      }
      words.addAll(options);
      listener.onTrialStart(trial, task);
      running.put(
          trial.name(),
          new Running(trial, task, RunProgress.read(run.progress()), System.nanoTime()));
      return new LaunchedCommand(trial.name(), run.root(), words, folder.log(trial.name()));
    }

    @Override
    protected void looked() {
      if (System.nanoTime() - lastPoll > SECOND) { // trials write their progress once a second
        lastPoll = System.nanoTime();
        for (Running each : running.values()) {
          if (each.task != Task.MEASURING) {
            progress(each).ifPresent(news -> listener.onTrialProgress(each.trial, news));
          }
        }
      }
    }

    /** Returns the progress; empty if it is of an earlier process and not at the end. */
    private Optional<RunProgress> progress(Running each) {
      return RunProgress.read(folder.run(each.trial.name()).progress())
          .filter(now -> now.isDone() || !each.before.equals(Optional.of(now)));
    }

    @Override
    protected void ended(LaunchedCommand command, CommandEnd ending) throws IOException {
      Running run = running.remove(command.name());
      Trial trial = run.trial;
      TrialStatus before = results.status(trial.name());
      TrialStatus status =
          run.task == Task.MEASURING
              ? before.after(ending, trial.evaluation())
              : before.after(ending, progress(run), (System.nanoTime() - run.began) / SECOND);
      results.set(trial.name(), status);
      boolean isLeft = run.task != Task.MEASURING && status.isMeasurementLeft(trial.evaluation());
      if (isLeft && !ending.isStopped()) {
        waiting.add(trial); // started before the sweep file was changed
      }
      listener.onTrialEnd(trial, status, results);
      isEnding |= status.is(TrialState.FAILED) && policy.failFast();
    }
  }
}
