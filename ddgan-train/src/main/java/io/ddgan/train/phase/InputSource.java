package io.ddgan.train.phase;

import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;

/** What an input of a phase's graph is filled with in a step. */
@FunctionalInterface
interface InputSource {

  /**
   * The values of a step, one example after the other.
   *
   * @param random the input's own stream of the step
   */
  float[] values(Given given, RandomGenerator random);

  /**
   * What is known of a phase's batch in a step.
   *
   * @param data the real examples, {@code [N, ...shape]}
   * @param labels the class of each example; zeros where the data has none
   * @param times the cleaner time of each example
   */
  @SuppressWarnings("ArrayRecordComponent") // made for every step, and compared by nobody
  record Given(long step, long total, float[] data, int[] labels, int[] times) {

    /** A number of each example by its time, asked for in the order of the examples. */
    float[] each(IntToDoubleFunction number) {
      float[] values = new float[times.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) number.applyAsDouble(times[i]);
      }
      return values;
    }
  }

  /** A row of zeros with a 1 at the class for each example, {@code [N, classes]}. */
  static float[] oneHot(int[] labels, int classes) {
    float[] rows = new float[Math.multiplyExact(labels.length, classes)];
    for (int i = 0; i < labels.length; i++) {
      rows[i * classes + Objects.checkIndex(labels[i], classes)] = 1;
    }
    return rows;
  }

  /** Standard normal numbers, so many of each example. */
  static InputSource normal(int each) {
    return (given, random) -> Gaussian.draw(random, Math.multiplyExact(given.times.length, each));
  }
}
