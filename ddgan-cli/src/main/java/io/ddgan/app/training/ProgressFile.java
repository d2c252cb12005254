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
 * Keeps a run's {@link RunProgress}: at the beginning, about once a second and at the end. That it
 * cannot be written is logged and ends no training.
 */
final class ProgressFile implements TrainingListener {

  private static final Logger LOG = Logger.getLogger(ProgressFile.class.getName());
  private static final Duration BETWEEN_WRITES = Duration.ofSeconds(1);

  private static final double NANOSECONDS = 1e9;

  private final Path file;
  private long total;
  private long step;

  /** What a process did after its last checkpoint is done again, but it took time all the same. */
  private double secondsBefore;

  private long began = System.nanoTime();
  private long written = System.nanoTime() - BETWEEN_WRITES.toNanos();

  ProgressFile(Path file) {
    this.file = file;
    RunProgress.read(file)
        .ifPresent(
            before -> { // as far as a run is that fails before it begins
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
  public void onSampling(int evaluations, int all) {
    now(RunState.TRAINING);
  }

  @Override
  public void onEvaluating(String what, int done, int all) {
    now(RunState.EVALUATING);
  }

  @Override
  public void onTrainEnd(long done, boolean isFinished) {
    step = done;
    total = Math.max(total, done); // of a training that had nothing left to do
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
      return; // the run was removed: nothing of it must come back
    }
    try {
      double seconds = secondsBefore + (System.nanoTime() - began) / NANOSECONDS;
      new RunProgress(step, total, state, error, seconds, Instant.now()).write(file);
    } catch (IOException e) {
      LOG.warning(e.getMessage());
    }
  }
}
