package io.ddgan.api;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.OptionalLong;

/**
 * The processes that train one run together, as seen by one of them. All call the same methods in
 * the same order. The default methods are those of a process that trains alone. Every process
 * computes equally many micro-batches of a batch; those of rank {@code k} follow those of rank
 * {@code k - 1}.
 */
public interface ProcessGroup extends AutoCloseable {

  /** A process that trains alone. */
  ProcessGroup ALONE = new ProcessGroup() {};

  /** The rank of this process, from 0. Rank 0 writes the run. */
  default int rank() {
    return 0;
  }

  /** The number of processes. */
  default int size() {
    return 1;
  }

  /**
   * Agrees on the first step: that of rank 0's checkpoint, if it has one.
   *
   * @param experiment the experiment as text
   * @throws RefusedException if another process trains a different experiment
   */
  default OptionalLong agreeOnFirstStep(String experiment, OptionalLong checkpoint) {
    return checkpoint;
  }

  /**
   * Agrees on another step, before each step and after the last one.
   *
   * @param more on rank 0, true if a step is left; on the others, true if they want to continue
   * @return on rank 0, true if all others want to continue; on the others, true if a step is left
   */
  default boolean agreeToContinue(boolean more) {
    return more;
  }

  /** Computes the summed gradients of some micro-batches into the buffer of the whole sum. */
  @FunctionalInterface
  interface Part {

    /** Computes the micro-batches {@code [from, to)}. */
    void compute(int from, int to);
  }

  /**
   * Sums the gradients of all micro-batches, a multiple of the number of processes (an all-reduce).
   * Floating-point sums depend on their order, so it is fixed: sum {@code [from, to)} is sum {@code
   * [from, m)} plus sum {@code [m, to)}, with {@code m = from + (to - from) / 2}. All processes get
   * the same bits.
   */
  default void allReduce(int shards, FloatBuffer gradient, Part part) {
    part.compute(0, shards);
  }

  /** Returns the measurements of all processes, by rank. */
  default float[] allGather(float[] measured) {
    return measured;
  }

  @Override
  default void close() throws IOException {}

  /** Thrown if another process has ended, so no step can be finished. */
  final class LostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception for a rank. */
    public LostException(int rank) {
      super(
          "the process of rank %d has ended; restart all processes with --resume to continue from the latest checkpoint"
              .formatted(rank));
    }
  }
}
