package io.ddgan.cli;

import io.ddgan.cli.sweep.Results;
import io.ddgan.cli.sweep.Status;
import io.ddgan.cli.sweep.Status.State;
import io.ddgan.cli.sweep.SweepListener;
import io.ddgan.cli.sweep.Trial;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows a sweep: on a terminal a bar for the whole and one for each running trial, elsewhere a line
 * when a trial starts or ends.
 */
final class SweepProgress implements SweepListener, AutoCloseable {

  private static final int WIDTH = 60;

  private final PrintWriter out;
  private final boolean terminal;
  private final long total;
  private final Map<String, ProgressBar> bars = new LinkedHashMap<>();
  private long ended;

  /**
   * Nothing has started yet.
   *
   * @param total number of trials that will be run
   */
  SweepProgress(PrintWriter out, boolean terminal, long total) {
    this.out = out;
    this.terminal = terminal;
    this.total = total;
    if (terminal) {
      bars.put("", bar("trials", total));
    }
  }

  private static ProgressBar bar(String name, long total) {
    return new ProgressBarBuilder()
        .setTaskName(name)
        .setInitialMax(total)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(500)
        .build();
  }

  @Override
  public void started(Trial trial, boolean resumed) {
    if (terminal) {
      bars.put(trial.name(), bar(name(trial), trial.experiment().training().iterations()));
    } else {
      out.printf("%s %s%n", resumed ? "going on with" : "training", name(trial));
      out.flush();
    }
  }

  @Override
  public void postponed(Trial trial) {
    out.printf("%s waits for another process that uses its run%n", name(trial));
    out.flush();
  }

  @Override
  public void progressed(Trial trial, long step) {
    if (bars.containsKey(trial.name())) {
      bars.get(trial.name()).stepTo(step);
    }
  }

  @Override
  public void ended(Trial trial, Status status, Results results) {
    ended += status.state() == State.PENDING ? 0 : 1;
    if (terminal) {
      bars.remove(trial.name()).close();
      bars.get("").stepTo(ended);
    } else {
      out.printf(
          "%d of %d: %s %s after %.0f s%s%n",
          ended,
          total,
          name(trial),
          status.state() == State.PENDING ? "stopped" : status.state(),
          status.seconds(),
          values(trial, results) + status.error().map(why -> ": " + why).orElse(""));
      out.flush();
    }
  }

  private static String values(Trial trial, Results results) {
    return results.rows().stream()
        .filter(row -> row.trial().equals(trial))
        .flatMap(row -> row.values().entrySet().stream())
        .map(e -> "  %s %s".formatted(e.getKey(), Progress.number(e.getValue())))
        .collect(Collectors.joining());
  }

  /** A trial for people: its hash and what distinguishes it. */
  static String name(Trial trial) {
    String text =
        trial
            .variation()
            .label()
            .orElseGet(
                () ->
                    trial.variation().values().keySet().stream()
                        .map(key -> "%s=%s".formatted(last(key), trial.value(key)))
                        .collect(Collectors.joining(" ")));
    String all =
        String.format(Locale.ROOT, "%s %s seed=%d", trial.name(), text, trial.experiment().seed());
    return all.length() > WIDTH ? all.substring(0, WIDTH - 3) + "..." : all;
  }

  private static String last(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  @Override
  public void close() {
    bars.values().forEach(ProgressBar::close);
    bars.clear();
  }
}
