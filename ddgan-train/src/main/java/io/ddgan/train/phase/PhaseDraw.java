package io.ddgan.train.phase;

import io.ddgan.random.RandomStreams;
import java.util.Map;

/** What one phase of a step is given. */
public final class PhaseDraw {

  private final int[] times;
  private final Map<String, float[]> inputs;
  private final RandomStreams dropout;

  /**
   * Wraps arrays, which must not be changed any more.
   *
   * @param times the cleaner time of each example of the whole batch
   * @param inputs values of the inputs by name, one example after the other
   * @param dropout draws the masks of dropout
   */
  public PhaseDraw(int[] times, Map<String, float[]> inputs, RandomStreams dropout) {
    this.times = times;
    this.inputs = Map.copyOf(inputs);
    this.dropout = dropout;
  }

  int[] times() {
    return times;
  }

  Map<String, float[]> inputs() {
    return inputs;
  }

  RandomStreams dropout() {
    return dropout;
  }
}
