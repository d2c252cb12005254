package io.ddgan.api;

import java.nio.file.Path;
import java.util.Map;

/**
 * Is told of a training as it runs, in the training's own thread, which waits for it. An exception
 * ends the training.
 */
public interface TrainingListener extends AutoCloseable {

  /** Training begins or resumes, with step {@code first} of {@code total}, counted from 0. */
  default void begun(long first, long total) {}

  /** A step, counted from 0, is done; its measurements by column, in the order of the columns. */
  default void stepped(long step, Map<String, Double> values) {}

  /** A row of metrics is written after {@code done} steps: means by column since the row before. */
  default void logged(long done, Map<String, Double> row) {}

  /** A picture of samples, a PNG file, is on the disk after {@code done} steps. */
  default void pictured(long done, Path picture) {}

  /**
   * A picture of samples is being made: {@code evaluations} of {@code all} network evaluations are
   * done.
   */
  default void picturing(int evaluations, int all) {}

  /** The folder of a checkpoint is on the disk after {@code done} steps. */
  default void saved(long done, Path checkpoint) {}

  /**
   * Something begins that users should know of, such as a classifier that is trained first: a
   * sentence without a full stop.
   */
  default void announced(String sentence) {}

  /**
   * An evaluation, or what it needs, is under way: {@code done} of {@code all} of {@code what},
   * such as "samples".
   */
  default void evaluating(String what, int done, int all) {}

  /** The averaged generator was measured after {@code done} steps: the measures by name. */
  default void evaluated(long done, Map<String, Double> values) {}

  /**
   * The training has ended or was stopped after {@code done} steps in all; {@code isFinished} if
   * nothing is left to do, the evaluation at the end included.
   */
  default void ended(long done, boolean isFinished) {}

  /** The training has failed, with an exception that is thrown on. */
  default void failed(Throwable cause) {}

  /** Called once, after {@link #ended} or {@link #failed}. */
  @Override
  default void close() {}
}
