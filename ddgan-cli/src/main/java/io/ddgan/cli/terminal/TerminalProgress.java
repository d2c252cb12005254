package io.ddgan.cli.terminal;

import io.ddgan.api.ProgressListener;
import io.ddgan.app.text.Quantities;
import io.ddgan.train.run.RunProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows long work: bars on a terminal, periodic lines elsewhere. */
public final class TerminalProgress implements ProgressListener, AutoCloseable {

  /** The time before a bar is shown. */
  private static final Duration BEFORE_BAR = Duration.ofSeconds(1);

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  /** Set by the launcher script, as Java 17 cannot detect a terminal. */
  private final boolean terminal = Boolean.getBoolean("ddgan.terminal");

  private final PrintWriter out;
  private String shown = "";
  private long first;
  private long began;
  private long lastLine;
  private Optional<ProgressBar> bar = Optional.empty();

  public TerminalProgress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void onProgress(String what, int done, int total) {
    advanced(what, done, total, "");
  }

  /** Shows progress with a detail. */
  void advanced(String what, long done, long total, String detail) {
    if (!shown.equals(what)) {
      start(what, done);
    }
    long now = System.nanoTime();
    if (terminal && bar.isEmpty() && now - began > BEFORE_BAR.toNanos()) {
      Duration elapsed = Duration.ofNanos(now - began);
      bar =
          Optional.of(
              new ProgressBarBuilder()
                  .setTaskName(what)
                  .setInitialMax(total)
                  .setStyle(ProgressBarStyle.ASCII)
                  .setUpdateIntervalMillis(500)
                  .startsFrom(done, elapsed)
                  .build());
    }
    bar.ifPresent(b -> b.maxHint(total).stepTo(done).setExtraMessage(detail));
    if (!terminal && now - lastLine > BETWEEN_LINES.toNanos()) {
      lastLine = now;
      out.println("%,d of %,d %s%s%s".formatted(done, total, what, left(now, done, total), detail));
    }
    if (done == total) {
      finish();
    }
  }

  private void start(String what, long done) {
    finish();
    shown = what;
    first = done;
    began = System.nanoTime();
    lastLine = began;
  }

  private String left(long now, long done, long total) {
    return done == first
        ? ""
        : ", %s left"
            .formatted(Quantities.clock((now - began) / 1e9 / (done - first) * (total - done)));
  }

  /** Shows the progress of a run that other processes train. */
  public void followed(RunProgress run) {
    advanced("steps", run.step(), run.total(), "  " + run.state());
  }

  @Override
  public void onMessage(String sentence) {
    closeBar();
    out.println(sentence);
  }

  /** Ends the bar; the next output starts on a new line. */
  public void finish() {
    closeBar();
    shown = "";
  }

  @Override
  public void close() {
    finish();
  }

  private void closeBar() {
    bar.ifPresent(ProgressBar::close);
    bar = Optional.empty();
  }
}
