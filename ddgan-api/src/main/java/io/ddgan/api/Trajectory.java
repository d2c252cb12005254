package io.ddgan.api;

import java.util.List;

/**
 * The decoded intermediate states of an example. The arrays must not be changed.
 *
 * @param states the input of the first evaluation and the output of each; the last is the example
 * @param dataPredictions the x_0 prediction of each evaluation; empty if the output implies none
 */
public record Trajectory(List<float[]> states, List<float[]> dataPredictions) {

  public Trajectory {
    states = List.copyOf(states);
    dataPredictions = List.copyOf(dataPredictions);
  }

  /** The example. */
  public float[] example() {
    return states.get(states.size() - 1);
  }
}
