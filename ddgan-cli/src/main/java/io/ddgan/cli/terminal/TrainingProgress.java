package io.ddgan.cli.terminal;

import io.ddgan.api.TrainingListener;
import io.ddgan.app.text.Quantities;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** Shows a training: a bar on a terminal, periodic lines elsewhere. */
public final class TrainingProgress implements TrainingListener {

  private static final Logger LOG = Logger.getLogger(TrainingProgress.class.getName());
  private static final String LOSS = "-loss";

  /** Decay of the moving average of the losses shown. */
  private static final double SMOOTHING = 0.95;

  private final int batch;
  private final TerminalProgress work;
  private final Map<String, Double> losses = new LinkedHashMap<>();
  private long first;
  private long total;
  private long began;

  public TrainingProgress(PrintWriter out, int batch) {
    this.batch = batch;
    this.work = new TerminalProgress(out);
  }

  @Override
  public void onTrainStart(long firstStep, long totalSteps) {
    first = firstStep;
    total = totalSteps;
    began = System.nanoTime();
    LOG.info("training starts at step %d of %d".formatted(first, total));
  }

  @Override
  public void onStepEnd(long step, Map<String, Double> values) {
    values.forEach(
        (column, value) -> {
          if (column.endsWith(LOSS)) {
            losses.merge(column, value, (past, now) -> SMOOTHING * past + (1 - SMOOTHING) * now);
          }
        });
    long done = step + 1;
    double seconds = (System.nanoTime() - began) / 1e9;
    work.advanced(
        "steps",
        done,
        total,
        "  %s  %.0f examples/s".formatted(losses(), (done - first) * batch / seconds));
  }

  @Override
  public void onSamples(long step, Path picture) {
    log("samples of step %d: %s".formatted(step, picture), step == total);
  }

  @Override
  public void onCheckpoint(long step, Path checkpoint) {
    log("checkpoint of step %d: %s".formatted(step, checkpoint), false);
  }

  @Override
  public void onEvaluationProgress(String what, int done, int all) {
    work.onProgress(what, done, all);
  }

  @Override
  public void onMessage(String sentence) {
    log(sentence, true);
  }

  @Override
  public void onEvaluation(long step, Map<String, Double> values) {
    String text =
        values.entrySet().stream()
            .map(e -> "%s %s".formatted(e.getKey(), Quantities.measured(e.getValue())))
            .collect(Collectors.joining("  "));
    log("step %d: %s".formatted(step, text), true);
  }

  /** Ends the bar; the next output starts on a new line. */
  @Override
  public void close() {
    work.close();
  }

  private void log(String message, boolean important) {
    LOG.info(message);
    if (important) {
      work.onMessage(message);
    }
  }

  /** Returns the losses, each after the first letter of its network. */
  private String losses() {
    return losses.entrySet().stream()
        .map(e -> "%S %.3f".formatted(e.getKey().charAt(0), e.getValue()))
        .collect(Collectors.joining("  "));
  }
}
