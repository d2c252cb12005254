package io.ddgan.api;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.OptionalLong;

/**
 * The processes that train one run together, as one of them sees them. All of them call the same
 * methods in the same order. The methods here are those of a process that trains alone.
 *
 * <p>A batch is cut into shards, of which every process computes as many; those of rank {@code k}
 * follow those of rank {@code k - 1}.
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
   * Agrees on where the training begins.
   *
   * @param experiment what is trained, as text
   * @param checkpoint of rank 0, the step of the checkpoint to begin with, if there is one
   * @return the step that rank 0 has said
   * @throws RefusedException if others train something else
   */
  default OptionalLong begin(String experiment, OptionalLong checkpoint) {
    return checkpoint;
  }

  /**
   * Agrees on another step, before each step and after the last.
   *
   * @param more of rank 0, whether there is another step; of the others, whether they want one
   * @return of rank 0, whether all others want another step; of the others, whether there is one
   */
  default boolean next(boolean more) {
    return more;
  }

  /** Computes a part of a sum of gradients. */
  @FunctionalInterface
  interface Part {

    /**
     * Leaves the sum of the gradients of some shards in the buffer of the whole sum.
     *
     * @param from the first of the shards
     * @param to the one after the last
     */
    void compute(int from, int to);
  }

  /**
   * Adds up the gradients of all shards. Floating-point sums depend on their order, so it is fixed:
   * the sum of shards {@code [from, to)} is that of {@code [from, m)} plus that of {@code [m, to)},
   * with {@code m = from + (to - from) / 2}.
   *
   * @param shards the number of shards, a multiple of the number of processes
   * @param gradient takes the sum, the same bits in all processes
   */
  default void sum(int shards, FloatBuffer gradient, Part part) {
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
