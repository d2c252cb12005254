package io.ddgan.cli;

import io.ddgan.train.TrainingListener;
import io.ddgan.train.step.DiscriminatorReport;
import io.ddgan.train.step.StepReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows a training: a bar on a terminal, a line now and then elsewhere. */
final class Progress implements TrainingListener, AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Progress.class.getName());
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  /** Weight of the past in the losses shown. */
  private static final double SMOOTHING = 0.95;

  private final PrintWriter out;
  private final boolean terminal;
  private final int batch;
  private Optional<ProgressBar> bar = Optional.empty();
  private long first;
  private long total;
  private long began;
  private long lastLine = System.nanoTime();
  private double discriminatorLoss = Double.NaN;
  private double generatorLoss = Double.NaN;

  Progress(PrintWriter out, boolean terminal, int batch) {
    this.out = out;
    this.terminal = terminal;
    this.batch = batch;
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
      bar =
          Optional.of(
              new ProgressBarBuilder()
                  .setTaskName("training")
                  .setInitialMax(total)
                  .startsFrom(done, Duration.ZERO)
                  .setStyle(ProgressBarStyle.ASCII)
                  .setUpdateIntervalMillis(500)
                  .build());
    }
  }

  @Override
  public void stepped(StepReport report) {
    report
        .discriminator()
        .map(DiscriminatorReport::losses)
        .ifPresent(d -> discriminatorLoss = smooth(discriminatorLoss, d.real() + d.fake()));
    generatorLoss = smooth(generatorLoss, report.generatorLoss());
    long done = report.step() + 1;
    bar.ifPresent(
        b -> {
          b.stepTo(done);
          b.setExtraMessage(" " + losses() + "  " + speed(done));
        });
    long now = System.nanoTime();
    if (!terminal && (now - lastLine > BETWEEN_LINES.toNanos() || done == total)) {
      lastLine = now;
      out.printf("step %d of %d  %s  %s%n", done, total, losses(), speed(done) + left(done));
      out.flush();
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
  public void advanced(String what, int done, int all) {
    String text = "evaluating: %,d of %,d %s".formatted(done, all, what);
    bar.ifPresent(b -> b.setExtraMessage(" " + text));
    long now = System.nanoTime();
    if (bar.isEmpty() && now - lastLine > BETWEEN_LINES.toNanos()) {
      lastLine = now;
      out.println(text);
      out.flush();
    }
  }

  @Override
  public void evaluated(long step, Map<String, Double> values) {
    String text =
        values.entrySet().stream()
            .map(e -> "%s %s".formatted(e.getKey(), number(e.getValue())))
            .collect(Collectors.joining("  "));
    tell("step %d: %s".formatted(step, text), true);
    if (step < total) {
      showBar(step);
    }
  }

  /** Ends the bar, so that what is printed next begins on a line of its own. */
  void finish() {
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
      out.flush();
    }
  }

  private String losses() {
    String d =
        Double.isNaN(discriminatorLoss)
            ? ""
            : String.format(Locale.ROOT, "D %.3f  ", discriminatorLoss);
    return d + String.format(Locale.ROOT, "G %.3f", generatorLoss);
  }

  private String speed(long done) {
    double seconds = (System.nanoTime() - began) / 1e9;
    return String.format(Locale.ROOT, "%.0f examples/s", (done - first) * batch / seconds);
  }

  private String left(long done) {
    double seconds = (System.nanoTime() - began) / 1e9 / (done - first) * (total - done);
    Duration left = Duration.ofSeconds(Math.round(seconds));
    return "  %d:%02d:%02d left"
        .formatted(left.toHours(), left.toMinutesPart(), left.toSecondsPart());
  }

  private static double smooth(double past, double value) {
    return Double.isNaN(past) ? value : SMOOTHING * past + (1 - SMOOTHING) * value;
  }

  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.4f", value);
  }
}
