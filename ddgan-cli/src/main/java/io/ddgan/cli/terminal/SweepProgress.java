package io.ddgan.cli.terminal;

import io.ddgan.app.sweep.SweepListener;
import io.ddgan.app.sweep.SweepResults;
import io.ddgan.app.sweep.Trial;
import io.ddgan.app.sweep.TrialStatus;
import io.ddgan.app.sweep.TrialStatus.TrialState;
import io.ddgan.app.text.Quantities;
import io.ddgan.train.run.RunProgress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Shows a sweep: a line when a trial starts or ends, and the progress of all steps. */
public final class SweepProgress implements SweepListener {

  private final TerminalProgress work;
  private final boolean queues;
  private final long total;

  /** Remaining steps by trial name. */
  private final Map<String, Long> left = new HashMap<>();

  private final Set<String> started = new HashSet<>();
  private long done;
  private long ended;
  private long failed;

  /**
   * Starts without progress.
   *
   * @param queues true if a launched trial may have to wait before it trains
   * @param total number of trials to run
   * @param trained the trials to train, not only to evaluate
   */
  public SweepProgress(TerminalProgress work, boolean queues, long total, List<Trial> trained) {
    this.work = work;
    this.queues = queues;
    this.total = total;
    trained.forEach(trial -> left.put(trial.name(), trial.experiment().training().steps()));
  }

  @Override
  public void onTrialStart(Trial trial, Task task) {
    String what = queues ? "queued" : task.name().toLowerCase(Locale.ROOT);
    work.onMessage(what + " " + trial.description());
  }

  @Override
  public void onTrialPostponed(Trial trial, boolean isLeft, String why) {
    if (isLeft) {
      left.remove(trial.name());
    }
    work.onMessage(
        "%s %s: %s".formatted(trial.description(), isLeft ? "is skipped" : "waits", why));
  }

  @Override
  public void onTrialProgress(Trial trial, RunProgress progress) {
    long rest = progress.total() - progress.step();
    long before = left.put(trial.name(), rest);
    if (!started.add(trial.name())) { // the first report may include steps of an earlier process
      done += before - rest;
    }
    long all = done + left.values().stream().mapToLong(steps -> steps).sum();
    String failures = failed == 0 ? "" : ", %,d failed".formatted(failed);
    work.advanced(
        "steps", done, all, "  %,d of %,d trials ended%s".formatted(ended, total, failures));
  }

  @Override
  public void onTrialEnd(Trial trial, TrialStatus status, SweepResults results) {
    left.remove(trial.name());
    boolean isPending = status.is(TrialState.PENDING);
    ended += isPending ? 0 : 1;
    failed += status.state() == TrialState.FAILED ? 1 : 0;
    String stopped = status.error().isPresent() ? "left pending" : "stopped";
    String values =
        results.values(trial.name()).entrySet().stream()
            .map(e -> "  %s %s".formatted(e.getKey(), Quantities.measured(e.getValue())))
            .collect(Collectors.joining());
    work.onMessage(
        "%d of %d: %s %s after %.0f s%s%s"
            .formatted(
                ended,
                total,
                trial.description(),
                isPending ? stopped : status.state(),
                status.seconds(),
                values,
                status.error().map(why -> ": " + why).orElse("")));
  }
}
