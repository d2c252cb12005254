package io.ddgan.api;

import java.nio.file.Path;
import java.util.Map;

/**
 * Is notified of the progress of a training, in the training thread, which waits for it. An
 * exception ends the training.
 */
public interface TrainingListener extends AutoCloseable {

  /** Training begins or resumes, with step {@code first} of {@code total}, counted from 0. */
  default void onTrainStart(long first, long total) {}

  /** A step, counted from 0, is done; its measurements by column, in order. */
  default void onStepEnd(long step, Map<String, Double> values) {}

  /** A row of metrics is written after {@code done} steps: means by column since the row before. */
  default void onLog(long done, Map<String, Double> row) {}

  /** A picture of samples, a PNG file, is on the disk after {@code done} steps. */
  default void onSamples(long done, Path picture) {}

  /**
   * A picture of samples is being made: {@code evaluations} of {@code all} network evaluations are
   * done.
   */
  default void onSamplingProgress(int evaluations, int all) {}

  /** The folder of a checkpoint is on the disk after {@code done} steps. */
  default void onCheckpoint(long done, Path checkpoint) {}

  /** A notice for users, such as the training of a classifier: a sentence without a full stop. */
  default void onMessage(String sentence) {}

  /**
   * An evaluation, or its preparation, is running: {@code done} of {@code all} of {@code what},
   * such as "samples".
   */
  default void onEvaluationProgress(String what, int done, int all) {}

  /** The averaged generator was measured after {@code done} steps: the measures by name. */
  default void onEvaluation(long done, Map<String, Double> values) {}

  /**
   * Training has ended or was stopped after {@code done} steps in all; {@code isFinished} is true
   * if no steps are left and the final evaluation is done.
   */
  default void onTrainEnd(long done, boolean isFinished) {}

  /** Training has failed with an exception, which is rethrown. */
  default void onException(Throwable cause) {}

  /** Called once, after {@link #onTrainEnd} or {@link #onException}. */
  @Override
  default void close() {}
}
