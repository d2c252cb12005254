package io.ddgan.train;

import io.ddgan.api.OpenDataset;
import io.ddgan.api.ProgressListener;
import io.ddgan.train.sampling.SamplingLoop;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.commons.io.function.IOConsumer;

/** Evaluates the EMA generator of a run during and at the end of training. */
public interface PeriodicEvaluation {

  /**
   * Returns whether all configured metrics were computed after a step; true without any metrics.
   */
  boolean isDone(long step) throws IOException;

  /**
   * Prepares the evaluations of a training, before its first step.
   *
   * @param synthesis generates with the weights at the time of the call
   * @param stop polled; true ends this and every evaluation early
   * @return empty if stopped early
   * @throws IllegalArgumentException if a metric or the extractor does not suit the data
   */
  Optional<Prepared> prepare(
      OpenDataset data, SamplingLoop synthesis, ProgressListener listener, BooleanSupplier stop)
      throws IOException;

  /** Evaluations of a training in progress. */
  interface Prepared extends AutoCloseable {

    /** Returns whether an evaluation is due after {@code done} steps and was not done before. */
    boolean isDue(long done, long total) throws IOException;

    /**
     * Computes and records the metrics.
     *
     * @param beforeRecording accepts whether these values are the best so far, before they are
     *     recorded; recorded values mark the evaluation as done
     * @return the values by name; empty if stopped early
     */
    Optional<Map<String, Double>> run(long step, IOConsumer<Boolean> beforeRecording)
        throws IOException;

    @Override
    void close() throws IOException;
  }
}
