package io.ddgan.api;

import java.util.List;

/**
 * An example on its way from noise, decoded. The arrays are not to be changed.
 *
 * @param states what the first evaluation was given and what each has made; the last is the example
 * @param dataPredictions the estimate of x_0 of each evaluation; none where the output implies none
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
