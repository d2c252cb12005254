package io.ddgan.app.estimate;

import java.util.Optional;

/**
 * What a training is going to need on this machine.
 *
 * @param memory bytes that the process takes at most
 * @param time how long it takes; empty where that cannot be measured, because even its smallest
 *     steps do not fit in memory
 */
record TrainingEstimate(long memory, Optional<Time> time) {

  /**
   * How long it takes.
   *
   * @param step seconds of a training step, on average over those in which more or less is due
   * @param training seconds of all steps, with the pictures among them and the metrics at the end
   */
  record Time(double step, double training) {}
}
