package io.ddgan.api;

import java.util.List;

/**
 * An example on its way from noise, decoded. The arrays are not to be changed.
 *
 * @param states what was given to the first of its evaluations and what each of them has made; the
 *     last is the example. As many as evaluations, and one more.
 * @param estimates what the generator took for the example in each evaluation, its estimate of x_0;
 *     none where its output implies none
 */
public record Trajectory(List<float[]> states, List<float[]> estimates) {

  /** Copies the lists. */
  public Trajectory {
    states = List.copyOf(states);
    estimates = List.copyOf(estimates);
  }

  /** The example. */
  public float[] example() {
    return states.get(states.size() - 1);
  }
}
