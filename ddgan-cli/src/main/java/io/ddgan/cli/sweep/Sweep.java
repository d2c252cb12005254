package io.ddgan.cli.sweep;

import io.ddgan.cli.sweep.Status.State;
import io.ddgan.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

/** Runs the trials of a sweep, some at a time, each in a process of its own. */
public final class Sweep {

  private static final long BETWEEN_LOOKS = 100;

  private final SweepFolder folder;
  private final Workers workers;
  private final List<String> options;
  private final SweepListener listener;
  private final Set<String> postponed = new HashSet<>();

  /**
   * What is done about trials that fail or are too many.
   *
   * @param retry whether those that failed before are tried again
   * @param failFast whether the first failure ends the sweep
   * @param most how many trials are run at most
   */
  public record Policy(boolean retry, boolean failFast, Optional<Integer> most) {}

  /**
   * A sweep in a folder that this process has locked.
   *
   * @param options of every trial's command
   */
  public Sweep(SweepFolder folder, Workers workers, List<String> options, SweepListener listener) {
    this.folder = folder;
    this.workers = workers;
    this.options = options;
    this.listener = listener;
  }

  /**
   * Runs what is left to do.
   *
   * @param stop asked all the time; true stops the trials, which save their states
   * @return how far all trials are
   * @throws IOException if the sweep's folder cannot be read or written
   */
  public Results run(List<Trial> trials, Policy policy, BooleanSupplier stop)
      throws IOException, InterruptedException {
    Results results = Results.read(folder, trials);
    results.write();
    Queue<Trial> waiting = new ArrayDeque<>(left(results, policy));
    TreeSet<Integer> idle = new TreeSet<>(IntStream.range(0, workers.count()).boxed().toList());
    List<RunningTrial> running = new ArrayList<>();
    try {
      while (!waiting.isEmpty() || !running.isEmpty()) {
        if (stop.getAsBoolean()) {
          waiting.clear();
          running.forEach(RunningTrial::stop);
        }
        for (Iterator<Trial> each = waiting.iterator(); each.hasNext() && !idle.isEmpty(); ) {
          Trial trial = each.next();
          if (isFree(trial)) {
            each.remove();
            running.add(start(trial, idle.pollFirst()));
          }
        }
        for (Iterator<RunningTrial> each = running.iterator(); each.hasNext(); ) {
          RunningTrial trial = each.next();
          if (trial.isAlive()) {
            trial.step().ifPresent(step -> listener.progressed(trial.trial(), step));
          } else {
            each.remove();
            idle.add(trial.worker());
            Status status = trial.outcome(results.status(trial.trial()));
            results.set(trial.trial(), status);
            listener.ended(trial.trial(), status, results);
            if (status.is(State.FAILED) && policy.failFast()) {
              waiting.clear();
              running.forEach(RunningTrial::stop);
            }
          }
        }
        Thread.sleep(BETWEEN_LOOKS);
      }
    } finally {
      running.forEach(RunningTrial::close);
    }
    return results;
  }

  /** The trials that are to be run. */
  public static List<Trial> left(Results results, Policy policy) {
    return results.rows().stream()
        .filter(
            row ->
                row.status().is(State.PENDING) || (row.status().is(State.FAILED) && policy.retry()))
        .map(Results.Row::trial)
        .limit(policy.most().orElse(Integer.MAX_VALUE))
        .toList();
  }

  /** Whether no process of an earlier sweep is still about to end in the trial's run. */
  private boolean isFree(Trial trial) {
    boolean isFree = !folder.run(trial.name()).isInUse();
    if (!isFree && postponed.add(trial.name())) {
      listener.postponed(trial);
    }
    return isFree;
  }

  private RunningTrial start(Trial trial, int worker) throws IOException {
    byte[] text = trial.text().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(folder.configuration(trial.name()), out -> out.write(text));
    boolean resumed = folder.run(trial.name()).isRun();
    listener.started(trial, resumed);
    return RunningTrial.start(folder, trial, worker, workers.share(worker), options);
  }
}
