package io.ddgan.cli.terminal;

import io.ddgan.api.TrainingListener;
import io.ddgan.app.text.Quantities;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;

/** Shows a training: a bar on a terminal, a line now and then elsewhere. */
public final class TrainingProgress implements TrainingListener {

  private static final Logger LOG = Logger.getLogger(TrainingProgress.class.getName());
  private static final String LOSS = "-loss";
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  /** Weight of the past in the losses shown. */
  private static final double SMOOTHING = 0.95;

  private final PrintWriter out;
  private final boolean terminal;
  private final int batch;
  private final WorkProgress work;
  private Optional<ProgressBar> bar = Optional.empty();
  private long first;
  private long total;
  private long began;
  private long lastLine = System.nanoTime();
  private final Map<String, Double> losses = new LinkedHashMap<>();

  public TrainingProgress(PrintWriter out, boolean terminal, int batch) {
    this.out = out;
    this.terminal = terminal;
    this.batch = batch;
    this.work = new WorkProgress(out, terminal);
  }

  @Override
  public void begun(long firstStep, long totalSteps) {
    first = firstStep;
    total = totalSteps;
    began = System.nanoTime();
    lastLine = began;
    LOG.info("training begins at step %d of %d".formatted(first, total));
    showBar(first);
  }

  private void showBar(long done) {
    if (terminal) {
      bar = Optional.of(Terminal.bar("training", total).startsFrom(done, Duration.ZERO).build());
    }
  }

  @Override
  public void stepped(long step, Map<String, Double> values) {
    values.forEach(
        (column, value) -> {
          if (column.endsWith(LOSS)) {
            losses.merge(column, value, (past, now) -> SMOOTHING * past + (1 - SMOOTHING) * now);
          }
        });
    long done = step + 1;
    bar.ifPresent(
        b -> {
          b.stepTo(done);
          b.setExtraMessage(" " + losses() + "  " + speed(done));
        });
    if (done == total) {
      finish(); // pictures and evaluations of the end have bars of their own
    }
    long now = System.nanoTime();
    if (!terminal && (now - lastLine > BETWEEN_LINES.toNanos() || done == total)) {
      lastLine = now;
      out.printf("step %d of %d  %s  %s%n", done, total, losses(), speed(done) + left(done));
    }
  }

  @Override
  public void pictured(long step, Path picture) {
    tell("picture of step %d: %s".formatted(step, picture), step == total);
  }

  @Override
  public void saved(long step, Path checkpoint) {
    tell("checkpoint of step %d: %s".formatted(step, checkpoint), false);
  }

  @Override
  public void picturing(int evaluations, int all) {
    advanced("network evaluations of a picture", evaluations, all);
  }

  @Override
  public void evaluating(String what, int done, int all) {
    advanced(what, done, all);
  }

  @Override
  public void announced(String sentence) {
    tell(sentence, true);
  }

  /** Beside the training's bar where there is one, which there is not before its first step. */
  private void advanced(String what, int done, int all) {
    if (bar.isPresent()) {
      bar.get().setExtraMessage(" %,d of %,d %s".formatted(done, all, what));
    } else {
      work.advanced(what, done, all);
    }
  }

  @Override
  public void evaluated(long step, Map<String, Double> values) {
    String text =
        values.entrySet().stream()
            .map(e -> "%s %s".formatted(e.getKey(), Quantities.measured(e.getValue())))
            .collect(Collectors.joining("  "));
    tell("step %d: %s".formatted(step, text), true);
    if (step < total) {
      showBar(step);
    }
  }

  /** Ends the bar, so that what is printed next begins on a line of its own. */
  public void finish() {
    work.finish();
    bar.ifPresent(ProgressBar::close);
    bar = Optional.empty();
  }

  @Override
  public void close() {
    finish();
  }

  private void tell(String message, boolean important) {
    LOG.info(message);
    if (important) {
      finish();
      out.println(message);
    }
  }

  /** The networks' losses, each after the first letter of what it is the loss of. */
  private String losses() {
    return losses.entrySet().stream()
        .map(e -> "%S %.3f".formatted(e.getKey().charAt(0), e.getValue()))
        .collect(Collectors.joining("  "));
  }

  private String speed(long done) {
    double seconds = (System.nanoTime() - began) / 1e9;
    return "%.0f examples/s".formatted((done - first) * batch / seconds);
  }

  private String left(long done) {
    double seconds = (System.nanoTime() - began) / 1e9 / (done - first) * (total - done);
    return "  %s left".formatted(Quantities.clock(seconds));
  }
}
