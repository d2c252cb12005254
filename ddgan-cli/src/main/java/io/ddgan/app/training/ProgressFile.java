package io.ddgan.app.training;

import io.ddgan.api.TrainingListener;
import io.ddgan.app.environment.Failure;
import io.ddgan.train.run.RunProgress;
import io.ddgan.train.run.RunProgress.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;

/**
 * Writes a run's {@link RunProgress} at the start, about once a second and at the end. Write errors
 * are only logged.
 */
final class ProgressFile implements TrainingListener {

  private static final Logger LOG = Logger.getLogger(ProgressFile.class.getName());
  private static final Duration BETWEEN_WRITES = Duration.ofSeconds(1);

  private static final double NANOSECONDS = 1e9;

  private final Path file;
  private long total;
  private long step;

  /** Steps after the last checkpoint are repeated, but their time counts. */
  private double secondsBefore;

  private long began = System.nanoTime();
  private long written = System.nanoTime() - BETWEEN_WRITES.toNanos();

  ProgressFile(Path file) {
    this.file = file;
    RunProgress.read(file)
        .ifPresent(
            before -> { // the progress of a run that fails before it starts
              step = before.step();
              total = before.total();
              secondsBefore = before.seconds();
            });
  }

  @Override
  public void onTrainStart(long first, long length) {
    step = first;
    total = length;
    secondsBefore = first == 0 ? 0 : secondsBefore;
    began = System.nanoTime();
    now(RunState.TRAINING);
  }

  @Override
  public void onStepEnd(long number, Map<String, Double> values) {
    step = number + 1;
    now(RunState.TRAINING);
  }

  @Override
  public void onSamplingProgress(int evaluations, int all) {
    now(RunState.TRAINING);
  }

  @Override
  public void onEvaluationProgress(String what, int done, int all) {
    now(RunState.EVALUATING);
  }

  @Override
  public void onTrainEnd(long done, boolean isFinished) {
    step = done;
    total = Math.max(total, done); // for a training without remaining steps
    write(isFinished ? RunState.DONE : RunState.STOPPED, Optional.empty());
  }

  @Override
  public void onException(Throwable cause) {
    String message = new Failure(cause).message();
    write(RunState.FAILED, Optional.of(String.join("; ", message.lines().toList())));
  }

  private void now(RunState state) {
    if (System.nanoTime() - written >= BETWEEN_WRITES.toNanos()) {
      write(state, Optional.empty());
    }
  }

  private void write(RunState state, Optional<String> error) {
    written = System.nanoTime();
    if (!Files.isDirectory(file.toAbsolutePath().getParent())) {
      return; // the run was removed and must not reappear
    }
    try {
      double seconds = secondsBefore + (System.nanoTime() - began) / NANOSECONDS;
      new RunProgress(step, total, state, error, seconds, Instant.now()).write(file);
    } catch (IOException e) {
      LOG.warning(e.getMessage());
    }
  }
}
