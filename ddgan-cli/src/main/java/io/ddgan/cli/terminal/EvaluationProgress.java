package io.ddgan.cli.terminal;

import io.ddgan.train.evaluation.EvaluationListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows an evaluation beside its results: bars on a terminal, a line now and then elsewhere. */
public final class EvaluationProgress implements EvaluationListener, AutoCloseable {

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  private final PrintWriter err;
  private final boolean terminal;
  private String shown = "";
  private Optional<ProgressBar> bar = Optional.empty();
  private long lastLine = System.nanoTime();

  public EvaluationProgress(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  @Override
  public void advanced(String what, int done, int total) {
    if (terminal) {
      if (!shown.equals(what)) {
        finish();
        shown = what;
        bar = Optional.of(bar(what, total));
      }
      bar.ifPresent(b -> b.stepTo(done));
      if (done == total) {
        finish();
      }
      return;
    }
    long now = System.nanoTime();
    if (now - lastLine > BETWEEN_LINES.toNanos()) {
      lastLine = now;
      err.printf("%,d of %,d %s%n", done, total, what);
      err.flush();
    }
  }

  private static ProgressBar bar(String what, int total) {
    return new ProgressBarBuilder()
        .setTaskName(what)
        .setInitialMax(total)
        .setRenderer(new BarRenderer())
        .setUpdateIntervalMillis(500)
        .build();
  }

  /** Ends the bar, so that what is printed next begins on a line of its own. */
  public void finish() {
    bar.ifPresent(ProgressBar::close);
    bar = Optional.empty();
    shown = "";
  }

  @Override
  public void close() {
    finish();
  }
}
