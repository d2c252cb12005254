package io.ddgan.train.phase;

import io.ddgan.random.RandomStreams;
import java.util.Map;

/**
 * What one phase of a step is given; its arrays must not be changed any more.
 *
 * @param times the cleaner time of each example of the whole batch
 */
@SuppressWarnings("ArrayRecordComponent") // made for every step, and compared by nobody
public record PhaseDraw(int[] times, Map<String, float[]> inputs, RandomStreams dropout) {

  /** Keeps the arrays themselves. */
  public PhaseDraw {
    inputs = Map.copyOf(inputs);
  }
}
