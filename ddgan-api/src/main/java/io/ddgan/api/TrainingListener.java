package io.ddgan.api;

import java.nio.file.Path;
import java.util.Map;

/**
 * Hears of a training as it goes on, in one thread, which the training waits for: what takes long
 * delays it. An exception ends the training.
 */
public interface TrainingListener extends AutoCloseable {

  /**
   * Training begins, or goes on.
   *
   * @param first the first step that is done now, counted from 0
   * @param total number of steps of the whole training
   */
  default void begun(long first, long total) {}

  /**
   * A step is done.
   *
   * @param step the step, counted from 0
   * @param values what was measured in it, by column, in the order of the columns
   */
  default void stepped(long step, Map<String, Double> values) {}

  /**
   * A row of metrics is written: means since the row before.
   *
   * @param done number of steps done
   * @param row values by column
   */
  default void logged(long done, Map<String, Double> row) {}

  /**
   * A picture of samples is on the disk.
   *
   * @param done number of steps done
   * @param picture a PNG file
   */
  default void pictured(long done, Path picture) {}

  /**
   * A picture of samples is being made, which with many denoising steps takes long.
   *
   * @param evaluations number of network evaluations done
   * @param all how many it takes
   */
  default void picturing(int evaluations, int all) {}

  /**
   * A checkpoint is on the disk.
   *
   * @param done number of steps done
   * @param checkpoint its folder
   */
  default void saved(long done, Path checkpoint) {}

  /**
   * Something begins that people should know of, such as a classifier that is trained first.
   *
   * @param sentence what it is, without a full stop
   */
  default void announced(String sentence) {}

  /**
   * An evaluation is on its way, or what it needs is being learnt.
   *
   * @param what what is being worked through, such as "samples"
   * @param done how many of them are done
   * @param all how many there are
   */
  default void evaluating(String what, int done, int all) {}

  /**
   * The averaged generator was measured.
   *
   * @param done number of steps done
   * @param values the measures by name
   */
  default void evaluated(long done, Map<String, Double> values) {}

  /**
   * The training has ended, or was stopped.
   *
   * @param done number of steps done in all
   * @param isFinished whether nothing is left to do, the evaluation at the end included
   */
  default void ended(long done, boolean isFinished) {}

  /** The training has failed, with an exception that is thrown on. */
  default void failed(Throwable cause) {}

  /** Called once, after {@link #ended} or {@link #failed}. */
  @Override
  default void close() {}
}
