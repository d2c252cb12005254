package io.ddgan.train.phase;

import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;

/** The source of the values of an input of a phase's graph. */
@FunctionalInterface
interface InputSource {

  /**
   * Returns the values of a step, one example after another.
   *
   * @param random the input's own stream of the step
   */
  float[] values(Given given, RandomGenerator random);

  /**
   * The given values of a phase's batch in a step.
   *
   * @param data the real examples, {@code [N, ...shape]}
   * @param labels the class of each example; zeros where the data has none
   * @param times the time of x_t of each example
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Given(long step, long total, float[] data, int[] labels, int[] times) {

    /** Computes a number per example from its time, in the order of the examples. */
    float[] each(IntToDoubleFunction number) {
      float[] values = new float[times.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) number.applyAsDouble(times[i]);
      }
      return values;
    }
  }

  /** Encodes classes as rows of zeros with a 1 at the class, {@code [N, classes]}. */
  static float[] oneHot(int[] labels, int classes) {
    float[] rows = new float[Math.multiplyExact(labels.length, classes)];
    for (int i = 0; i < labels.length; i++) {
      rows[i * classes + Objects.checkIndex(labels[i], classes)] = 1;
    }
    return rows;
  }

  /** Draws standard normal numbers, {@code each} per example. */
  static InputSource normal(int each) {
    return (given, random) -> Gaussian.draw(random, Math.multiplyExact(given.times.length, each));
  }
}
