package io.ddgan.engine;

import java.util.List;

/**
 * What one native call of a plan took.
 *
 * @param operation name of the operation
 * @param output shape of the first array that it wrote
 * @param operations see {@link Call#operations}
 * @param nanoseconds how long it took
 */
public record CallTime(String operation, List<Long> output, double operations, long nanoseconds) {

  /** Copies the shape. */
  public CallTime {
    output = List.copyOf(output);
  }
}
