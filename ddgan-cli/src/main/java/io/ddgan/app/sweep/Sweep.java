package io.ddgan.app.sweep;

import io.ddgan.api.TrialLauncher;
import io.ddgan.api.TrialLauncher.Handle;
import io.ddgan.api.TrialLauncher.Resources;
import io.ddgan.api.TrialLauncher.Session;
import io.ddgan.app.experiment.MeasuredRuns;
import io.ddgan.app.process.RunningTrial;
import io.ddgan.app.process.Workers;
import io.ddgan.app.sweep.Status.TrialState;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Runs the trials of a sweep, some at a time, where a launcher puts them. */
public final class Sweep {

  private final SweepFolder folder;
  private final TrialLauncher launcher;
  private final Workers workers;
  private final List<String> options;
  private final MeasuredRuns measured;
  private final SweepListener listener;
  private final Set<String> postponed = new HashSet<>();

  /**
   * What is done about trials that fail or are too many.
   *
   * @param retry whether those that failed before are tried again
   * @param failFast whether the first failure ends the sweep
   * @param most how many trials are run at most
   * @param detach whether the sweep leaves the trials alone once they are launched
   */
  public record Policy(boolean retry, boolean failFast, Optional<Integer> most, boolean detach) {

    /** What is done unless something else is asked for. */
    public static final Policy DEFAULT = new Policy(false, false, Optional.empty(), false);
  }

  /** A trial that was started, and the worker that it occupies. */
  private record Started(Trial trial, int worker, RunningTrial running) {}

  /**
   * A sweep in a folder that this process has locked.
   *
   * @param launcher runs the trials
   * @param workers at most; those for which there is no trial leave their share of the memory to
   *     the rest, not their threads
   * @param options of every trial's command
   * @param measured reads what was measured
   */
  public Sweep(
      SweepFolder folder,
      TrialLauncher launcher,
      Workers workers,
      List<String> options,
      MeasuredRuns measured,
      SweepListener listener) {
    this.folder = folder;
    this.launcher = launcher;
    this.workers = workers;
    this.options = options;
    this.measured = measured;
    this.listener = listener;
  }

  /**
   * Runs what is left to do.
   *
   * @param stop asked all the time; true stops the trials, which save their states
   * @return how far all trials are
   * @throws IOException if the sweep's folder cannot be read or written, or the launcher fails
   */
  public Results run(List<Trial> trials, Policy policy, BooleanSupplier stop)
      throws IOException, InterruptedException {
    Results results = Results.read(folder, trials, measured);
    results.note();
    Queue<Trial> waiting = new ArrayDeque<>(left(results, policy));
    Workers hands = workers.atMost(waiting.size());
    for (Trial trial : hopeless(results, policy)) {
      skip(trial, trial.source().orElseThrow(), results);
    }
    TreeSet<Integer> idle = new TreeSet<>(IntStream.range(0, hands.count()).boxed().toList());
    List<Started> started = new ArrayList<>();
    boolean isEnding = false;
    boolean isDetached = false;
    Session session = launcher.open(folder.files(launcher));
    try {
      while (!isDetached && (!waiting.isEmpty() || !started.isEmpty())) {
        if (isEnding || stop.getAsBoolean()) {
          waiting.clear();
          for (Started each : started) {
            each.running().stop();
          }
        }
        for (Iterator<Trial> each = waiting.iterator(); each.hasNext() && !idle.isEmpty(); ) {
          Trial trial = each.next();
          Optional<Trial> missing = trial.source().filter(source -> !isDone(source, results));
          if (missing.isPresent()) {
            if (!waiting.contains(missing.get())
                && started.stream().noneMatch(s -> s.trial().equals(missing.get()))) {
              each.remove();
              skip(trial, missing.get(), results);
            }
          } else {
            Optional<RunningTrial> launched = launched(session, trial);
            if (launched.isPresent() || isFree(trial)) {
              each.remove();
              if (results.status(trial).is(TrialState.FAILED)) {
                results.retry(trial);
              }
              int worker = idle.pollFirst();
              RunningTrial running =
                  launched.isPresent()
                      ? launched.get()
                      : start(session, trial, hands.resources(worker));
              started.add(new Started(trial, worker, running));
            }
          }
        }
        for (Iterator<Started> each = started.iterator(); each.hasNext(); ) {
          Started next = each.next();
          Trial trial = next.trial();
          RunningTrial running = next.running();
          if (running.isRunning()) {
            running.news().ifPresent(news -> listener.progressed(trial, news));
          } else {
            Status status = results.status(trial).after(running);
            each.remove();
            running.close();
            idle.add(next.worker());
            results.set(trial, status);
            listener.ended(trial, status, results);
            isEnding |= status.is(TrialState.FAILED) && policy.failFast();
          }
        }
        isDetached = policy.detach();
        Thread.sleep(RunningTrial.BETWEEN_LOOKS);
      }
    } finally {
      if (!isDetached) {
        started.forEach(each -> each.running().close());
      }
      session.close();
    }
    return results;
  }

  /** The trials that are to be run. */
  public static List<Trial> left(Results results, Policy policy) {
    List<Trial> hopeless = hopeless(results, policy);
    return results.rows().stream()
        .filter(
            row ->
                row.status().is(TrialState.PENDING)
                    || (row.status().is(TrialState.FAILED) && policy.retry()))
        .map(Results.Row::trial)
        .filter(trial -> !hopeless.contains(trial))
        .limit(policy.most().orElse(Integer.MAX_VALUE))
        .toList();
  }

  /** Trials that begin, perhaps through others, with one that has failed and is not tried again. */
  private static List<Trial> hopeless(Results results, Policy policy) {
    List<Trial> hopeless = new ArrayList<>();
    Set<String> missing = new HashSet<>();
    for (Results.Row row : results.rows()) { // a trial comes after the one that it begins with
      Trial trial = row.trial();
      boolean isLeft =
          row.status().is(TrialState.PENDING)
              && trial.source().map(Trial::name).filter(missing::contains).isPresent();
      if (isLeft) {
        hopeless.add(trial);
      }
      if (isLeft || (row.status().is(TrialState.FAILED) && !policy.retry())) {
        missing.add(trial.name());
      }
    }
    return List.copyOf(hopeless);
  }

  private static boolean isDone(Trial trial, Results results) {
    return results.status(trial).is(TrialState.DONE);
  }

  /** Leaves a trial whose beginning will not be there. */
  private void skip(Trial trial, Trial missing, Results results) throws IOException {
    String why =
        "it begins with the weights of %s, which is not done".formatted(missing.description());
    results.set(trial, results.status(trial).leftBecause(why));
    listener.skipped(trial, why);
  }

  /** Whether no process of an earlier sweep is still about to end in the trial's run. */
  private boolean isFree(Trial trial) {
    boolean isFree = !folder.run(trial.name()).isInUse();
    if (!isFree && postponed.add(trial.name())) {
      listener.postponed(trial);
    }
    return isFree;
  }

  /** A trial that an earlier sweep has launched, and that runs or waits still. */
  private Optional<RunningTrial> launched(Session session, Trial trial) throws IOException {
    Optional<Handle> handle = session.launched(trial.name());
    if (handle.isEmpty()) {
      return Optional.empty();
    }
    listener.started(trial, true);
    return Optional.of(
        RunningTrial.follow(handle.get(), folder.run(trial.name()), folder.log(trial.name())));
  }

  private RunningTrial start(Session session, Trial trial, Resources resources) throws IOException {
    Path configuration = trial.write(folder);
    RunFolder run = folder.run(trial.name());
    listener.started(trial, run.isRun());
    return RunningTrial.start(
        session, run, configuration, folder.log(trial.name()), resources, options);
  }
}
