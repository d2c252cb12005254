package io.ddgan.losses;

import io.ddgan.api.Batch;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.ops.SDMath;
import org.nd4j.linalg.factory.Nd4j;

/** The distribution of the discriminator's timesteps. */
public enum TimestepDistribution {
  /** All times equally likely. */
  UNIFORM,
  /** Time t in proportion to t + 1 (Wang et al., 2023, equation 10). */
  PRIORITY;

  /**
   * Draws times in the graph, whose number is known only in each step.
   *
   * @param length number of times, a whole number from 1 on; a scalar
   * @param uniform uniform in [0, 1)
   * @return whole numbers below the length, in the shape of {@code uniform}
   */
  SDVariable below(SDVariable length, SDVariable uniform) {
    SDMath math = uniform.getSameDiff().math();
    SDVariable time =
        switch (this) {
          case UNIFORM -> uniform.mul(length);
          // t (t + 1) of length (length + 1) shares belong to times below t
          case PRIORITY ->
              math.sqrt(uniform.mul(length.mul(length.add(1))).mul(4).add(1)).sub(1).mul(0.5);
        };
    return math.min(math.floor(time), length.sub(1)); // in case of rounding up to the length
  }

  /**
   * Returns a value per example by time, {@code [N, 1, ..., 1]}, to multiply examples with.
   *
   * @param time whole numbers from 0 to {@code steps - 1}, {@code [N]}
   * @param value the number at t, for t in [0, steps - 1]
   */
  static SDVariable lookUp(Batch batch, SDVariable time, int steps, IntToDoubleFunction value) {
    double[] table = new double[steps];
    for (int t = 0; t < steps; t++) {
      table[t] = value.applyAsDouble(t);
    }
    SDVariable values = constant(batch, time, table, steps, 1);
    SDVariable all = constant(batch, time, Nd4j.arange(steps).toDoubleVector(), 1, steps);
    SDVariable selection = time.reshape(batch.size(), 1).eq(all).castTo(time.dataType());
    long[] each = batch.shape().batch(batch.size());
    Arrays.fill(each, 1, each.length, 1);
    return batch.sameDiff().mmul(selection, values).reshape(each);
  }

  private static SDVariable constant(Batch batch, SDVariable like, double[] values, long... shape) {
    return batch
        .sameDiff()
        .constant(Nd4j.createFromArray(values).reshape(shape).castTo(like.dataType()));
  }
}
