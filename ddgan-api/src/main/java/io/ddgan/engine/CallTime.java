package io.ddgan.engine;

import java.util.List;

/**
 * What a call of a plan took: the shape of its first output, its {@link Call#operations}, and
 * nanoseconds.
 */
public record CallTime(String operation, List<Long> output, double operations, long nanoseconds) {

  public CallTime {
    output = List.copyOf(output);
  }
}
