package io.ddgan.api;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.OptionalLong;

/**
 * The processes that train one run together, as one of them sees them. All call the same methods in
 * the same order; the methods here are those of a process that trains alone. Every process computes
 * as many of a batch's shards; those of rank {@code k} follow those of rank {@code k - 1}.
 */
public interface GradientExchange extends AutoCloseable {

  /** A process without others. */
  GradientExchange ALONE = new GradientExchange() {};

  /** The number of this process, from 0. That of rank 0 keeps the run. */
  default int rank() {
    return 0;
  }

  /** The number of processes. */
  default int size() {
    return 1;
  }

  /**
   * Agrees on the step to begin with: that of rank 0's checkpoint, if it has one.
   *
   * @param experiment what is trained, as text
   * @throws RefusedException if others train something else
   */
  default OptionalLong begin(String experiment, OptionalLong checkpoint) {
    return checkpoint;
  }

  /**
   * Agrees on another step, before each step and after the last.
   *
   * @param more of rank 0, whether there is one; of the others, whether they want one
   * @return of rank 0, whether all others want one; of the others, whether there is one
   */
  default boolean next(boolean more) {
    return more;
  }

  /** Leaves the sum of the gradients of some shards in the buffer of the whole sum. */
  @FunctionalInterface
  interface Part {

    /** Computes the shards {@code [from, to)}. */
    void compute(int from, int to);
  }

  /**
   * Adds up the gradients of all shards, a multiple of the number of processes. Floating-point sums
   * depend on their order, so it is fixed: the sum of shards {@code [from, to)} is that of {@code
   * [from, m)} plus that of {@code [m, to)}, with {@code m = from + (to - from) / 2}. All processes
   * get the same bits.
   */
  default void allReduce(int shards, FloatBuffer gradient, Part part) {
    part.compute(0, shards);
  }

  /** The measurements of all processes, in the order of their ranks. */
  default float[] gather(float[] measured) {
    return measured;
  }

  @Override
  default void close() throws IOException {}

  /** Another process has ended, so that no step can be finished. */
  final class LostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says which. */
    public LostException(int rank) {
      super(
          "the process of rank %d has ended; start all of them again with --resume, and they continue from the latest checkpoint"
              .formatted(rank));
    }
  }
}
