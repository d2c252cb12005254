package io.ddgan.train;

import io.ddgan.api.Examples;
import io.ddgan.api.ProgressListener;
import io.ddgan.train.sampling.SamplingLoop;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.commons.io.function.IOConsumer;

/** Measures a run's averaged generator on the way and at the end of its training. */
public interface PeriodicEvaluation {

  /**
   * Whether all that the run's configuration names was measured after a step; true of a run that
   * measures nothing.
   */
  boolean isDone(long step) throws IOException;

  /**
   * Does what all evaluations of a training share, before its first step.
   *
   * @param synthesis generates with the weights as they are when it is asked to
   * @param stop asked now and then; true ends this and every evaluation early
   * @return nothing if the work was to be stopped before it was done
   * @throws IllegalArgumentException if a metric or the extractor does not suit the data
   */
  Optional<Prepared> prepare(
      Examples data, SamplingLoop synthesis, ProgressListener listener, BooleanSupplier stop)
      throws IOException;

  /** What measures, while a training is going on. */
  interface Prepared extends AutoCloseable {

    /** Whether it is time to measure after so many steps, and this was not done before. */
    boolean isDue(long done, long total) throws IOException;

    /**
     * Measures and records.
     *
     * @param beforeRecording is told whether these numbers are the best so far, before they are
     *     recorded, after which nothing of this evaluation is done again
     * @return the numbers by name; nothing if the work was to be stopped before all were known
     */
    Optional<Map<String, Double>> run(long step, IOConsumer<Boolean> beforeRecording)
        throws IOException;

    @Override
    void close() throws IOException;
  }
}
