package io.ddgan.train.phase;

import io.ddgan.random.RandomStreams;
import java.util.Map;

/**
 * The drawn inputs of one phase in a step. The arrays must not be changed.
 *
 * @param times the time of x_t of each example of the whole batch
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PhaseDraw(int[] times, Map<String, float[]> inputs, RandomStreams dropout) {

  /** Does not copy the arrays. */
  public PhaseDraw {
    inputs = Map.copyOf(inputs);
  }
}
