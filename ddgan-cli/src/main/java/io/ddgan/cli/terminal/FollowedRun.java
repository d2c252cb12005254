package io.ddgan.cli.terminal;

import io.ddgan.train.run.RunProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;

/**
 * Shows how far a run is that other processes train: a bar on a terminal, a line now and then
 * elsewhere.
 */
public final class FollowedRun implements Consumer<RunProgress>, AutoCloseable {

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  private final PrintWriter out;
  private final boolean terminal;
  private Optional<ProgressBar> bar = Optional.empty();
  private Optional<RunProgress> shown = Optional.empty();

  public FollowedRun(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public void accept(RunProgress progress) {
    if (terminal) {
      ProgressBar open = bar.orElseGet(() -> Terminal.bar("training", progress.total()).build());
      bar = Optional.of(open);
      open.stepTo(progress.step());
      open.setExtraMessage(" " + progress.state());
    } else if (shown.isEmpty() || isDue(shown.get(), progress)) {
      shown = Optional.of(progress);
      out.printf("step %d of %d %s%n", progress.step(), progress.total(), progress.state());
    }
  }

  private static boolean isDue(RunProgress before, RunProgress now) {
    return now.state() != before.state()
        || before.updated().plus(BETWEEN_LINES).isBefore(now.updated());
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
