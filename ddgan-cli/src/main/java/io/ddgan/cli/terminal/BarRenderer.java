package io.ddgan.cli.terminal;

import io.ddgan.app.text.Quantities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/**
 * A bar that stays one: its length is a part of the line's, and of what is told after it as much is
 * shown as there is room for, the most important first.
 */
final class BarRenderer implements ProgressBarRenderer {

  private static final int SHORTEST = 8;
  private static final int PART_OF_LINE = 5;
  private static final String GAP = "  ";

  /** A bar that is drawn so. */
  static ProgressBarBuilder bar(String task, long all) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(all)
        .setRenderer(new BarRenderer())
        .setUpdateIntervalMillis(500);
  }

  @Override
  public String render(ProgressState progress, int width) {
    return line(
        progress.getTaskName(),
        progress.getCurrent(),
        progress.getMax(),
        time(progress),
        progress.getExtraMessage(),
        width);
  }

  /** How long is left; at the end, how long it took. */
  private static Optional<String> time(ProgressState progress) {
    Duration elapsed = progress.getElapsedAfterStart();
    long done = progress.getCurrent() - progress.getStart();
    long left = progress.getMax() - progress.getCurrent();
    if (left <= 0) {
      return Optional.of("took " + Quantities.clock((double) elapsed.toSeconds()));
    }
    return done <= 0
        ? Optional.empty()
        : Optional.of(Quantities.clock(elapsed.toMillis() / 1e3 / done * left) + " left");
  }

  /**
   * A line.
   *
   * @param message parts with two spaces between them, of which the last ones may be left out
   * @param width characters that the line has at most, unless it is shorter than the shortest bar
   */
  static String line(
      String task, long done, long all, Optional<String> time, String message, int width) {
    int bar = Math.max(SHORTEST, width / PART_OF_LINE);
    double way = all <= 0 ? 0 : Math.min(1, (double) done / all);
    int full = (int) (way * bar);
    StringBuilder line = new StringBuilder();
    line.append("%s %3d%% [".formatted(task, (int) (100 * way)))
        .append("=".repeat(full))
        .append(full < bar ? ">" + " ".repeat(bar - full - 1) : "")
        .append("] %,d/%,d".formatted(done, all));
    List<String> parts = new ArrayList<>();
    time.ifPresent(parts::add);
    parts.addAll(List.of(message.strip().split(" {2,}", -1)));
    for (String part : parts) {
      if (line.length() + GAP.length() + part.length() > width) {
        break;
      }
      line.append(part.isEmpty() ? "" : GAP + part);
    }
    return line.toString();
  }
}
