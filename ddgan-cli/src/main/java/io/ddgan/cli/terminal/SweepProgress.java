package io.ddgan.cli.terminal;

import io.ddgan.app.sweep.Results;
import io.ddgan.app.sweep.Status;
import io.ddgan.app.sweep.Status.TrialState;
import io.ddgan.app.sweep.SweepListener;
import io.ddgan.app.sweep.Trial;
import io.ddgan.app.text.Quantities;
import io.ddgan.train.run.RunProgress;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;

/**
 * Shows a sweep: on a terminal a bar for the whole and one for each trial that runs at once,
 * elsewhere a line when a trial starts or ends.
 */
public final class SweepProgress implements SweepListener, AutoCloseable {

  private static final int WIDTH = 60;

  /** Seconds. */
  private static final double BETWEEN_LINES = 60;

  private final PrintWriter out;
  private final boolean terminal;
  private final boolean queues;
  private final long total;

  /** Steps that are not done, by the trial's name. */
  private final Map<String, Long> left = new HashMap<>();

  private final Set<String> begun = new HashSet<>();
  private long done;
  private double start;
  private final Optional<ProgressBar> whole;
  private final Map<String, ProgressBar> running = new HashMap<>();
  private final Map<String, String> queued = new HashMap<>();
  private final Deque<ProgressBar> free = new ArrayDeque<>();
  private long ended;
  private long failed;
  private int rows;
  private double lastLine = now();

  /**
   * Nothing has started yet.
   *
   * @param queues whether a trial that is launched may have to wait before it trains
   * @param total number of trials that will be run
   * @param trained those of them that are not only measured
   */
  public SweepProgress(
      PrintWriter out, boolean terminal, boolean queues, long total, List<Trial> trained) {
    this.out = out;
    this.terminal = terminal;
    this.queues = queues;
    this.total = total;
    trained.forEach(trial -> left.put(trial.name(), trial.experiment().training().iterations()));
    this.whole =
        terminal ? Optional.of(Terminal.bar("trials", total).hideEta().build()) : Optional.empty();
  }

  private static double now() {
    return System.nanoTime() / 1e9;
  }

  @Override
  public void started(Trial trial, Task task) {
    if (terminal) {
      // Bars are reused: one more for each trial would not fit the terminal.
      long iterations = trial.experiment().training().iterations();
      ProgressBar bar =
          free.isEmpty() ? Terminal.bar("trial " + ++rows, iterations).build() : free.removeFirst();
      running.put(trial.name(), bar);
      bar.reset().maxHint(iterations);
      bar.setExtraMessage(" " + name(trial));
    } else {
      String what =
          switch (task) {
            case TRAIN -> "training";
            case RESUME -> "resuming";
            case MEASURE -> "measuring";
          };
      String line = "%s %s".formatted(what, name(trial));
      if (queues) {
        queued.put(trial.name(), line);
      }
      say(queues ? "queued " + name(trial) : line);
    }
  }

  @Override
  public void postponed(Trial trial, boolean isLeft, String why) {
    if (isLeft) {
      left.remove(trial.name());
    }
    say("%s %s: %s".formatted(name(trial), isLeft ? "is left" : "waits", why));
  }

  private void say(String line) {
    if (terminal) {
      whole.orElseThrow().setExtraMessage(" " + line);
    } else {
      out.println(line);
    }
  }

  @Override
  public void progressed(Trial trial, RunProgress progress) {
    start = begun.isEmpty() ? now() : start;
    long rest = progress.total() - progress.step();
    long before = left.put(trial.name(), rest);
    if (!begun.add(trial.name())) { // what it told first, an earlier process may have done
      done += before - rest;
    }
    Optional.ofNullable(queued.remove(trial.name())).ifPresent(this::say);
    if (terminal) {
      ProgressBar bar = running.get(trial.name());
      bar.stepTo(progress.step());
      bar.setExtraMessage(" %s %s".formatted(name(trial), progress.state()));
      showWhole();
    } else if (now() - lastLine > BETWEEN_LINES) {
      out.printf("%,d of %,d trials ended%s%n", ended, total, timeLeft());
      lastLine = now();
    }
  }

  @Override
  public void ended(Trial trial, Status status, Results results) {
    left.remove(trial.name());
    ended += status.state() == TrialState.PENDING ? 0 : 1;
    failed += status.state() == TrialState.FAILED ? 1 : 0;
    if (terminal) {
      ProgressBar bar = running.remove(trial.name());
      bar.setExtraMessage("");
      free.addLast(bar);
      whole.orElseThrow().stepTo(ended);
      showWhole();
    } else {
      lastLine = now();
      out.printf(
          "%d of %d: %s %s after %.0f s%s%s%n",
          ended,
          total,
          name(trial),
          status.state() == TrialState.PENDING ? "left pending" : status.state(),
          status.seconds(),
          values(trial, results) + status.error().map(why -> ": " + why).orElse(""),
          timeLeft());
    }
  }

  private void showWhole() {
    String failures = failed == 0 ? "" : " %d failed".formatted(failed);
    whole.orElseThrow().setExtraMessage(failures + timeLeft());
  }

  /** As if all steps took as long as those so far. */
  private String timeLeft() {
    if (ended >= total || done == 0) {
      return "";
    }
    long rest = left.values().stream().mapToLong(steps -> steps).sum();
    return ", about %s left".formatted(Quantities.clock((now() - start) / done * rest));
  }

  private static String values(Trial trial, Results results) {
    return results.values(trial.name()).entrySet().stream()
        .map(e -> "  %s %s".formatted(e.getKey(), Quantities.measured(e.getValue())))
        .collect(Collectors.joining());
  }

  private static String name(Trial trial) {
    String all = trial.description();
    return all.length() > WIDTH ? all.substring(0, WIDTH - 3) + "..." : all;
  }

  @Override
  public void close() {
    running.values().forEach(ProgressBar::close);
    free.forEach(ProgressBar::close);
    whole.ifPresent(ProgressBar::close);
  }
}
