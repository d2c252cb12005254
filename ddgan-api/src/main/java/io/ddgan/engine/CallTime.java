package io.ddgan.engine;

import java.util.List;

/**
 * The measured time of a call in a plan, with the shape of its first output and its {@link
 * Call#operations}.
 */
public record CallTime(String operation, List<Long> output, double operations, long nanoseconds) {

  public CallTime {
    output = List.copyOf(output);
  }
}
