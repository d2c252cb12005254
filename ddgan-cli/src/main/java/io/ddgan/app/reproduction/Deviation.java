package io.ddgan.app.reproduction;

import io.ddgan.internal.weights.Tensor;
import java.nio.FloatBuffer;
import java.util.SortedMap;
import java.util.function.IntToDoubleFunction;

/**
 * How far the numbers of a copy are from those of the original.
 *
 * @param isEqual whether they are the same, bit for bit
 * @param relative the largest difference of two numbers, divided by the largest number of all;
 *     infinite where numbers are missing, or not finite in one of both alone
 */
public record Deviation(boolean isEqual, double relative) {

  static final Deviation NONE = new Deviation(true, 0);
  static final Deviation INCOMPARABLE = new Deviation(false, Double.POSITIVE_INFINITY);

  /** Of two tensors. */
  static Deviation of(Tensor original, Tensor copy) {
    FloatBuffer before = original.values();
    FloatBuffer after = copy.values();
    return original.shape().equals(copy.shape())
        ? of(before.remaining(), before::get, after::get)
        : INCOMPARABLE;
  }

  /** Of two columns of numbers by step. */
  static Deviation of(SortedMap<Long, Double> original, SortedMap<Long, Double> copy) {
    double[] before = original.values().stream().mapToDouble(Double::doubleValue).toArray();
    double[] after = copy.values().stream().mapToDouble(Double::doubleValue).toArray();
    return original.keySet().equals(copy.keySet())
        ? of(before.length, i -> before[i], i -> after[i])
        : INCOMPARABLE;
  }

  private static Deviation of(int count, IntToDoubleFunction original, IntToDoubleFunction copy) {
    boolean isEqual = true;
    double difference = 0;
    double largest = 0;
    for (int i = 0; i < count; i++) {
      double before = original.applyAsDouble(i);
      double after = copy.applyAsDouble(i);
      if (Double.doubleToLongBits(before) == Double.doubleToLongBits(after)) {
        largest = Double.isFinite(before) ? Math.max(largest, Math.abs(before)) : largest;
      } else if (Double.isFinite(before) && Double.isFinite(after)) {
        isEqual = false;
        difference = Math.max(difference, Math.abs(after - before));
        largest = Math.max(largest, Math.max(Math.abs(before), Math.abs(after)));
      } else {
        return INCOMPARABLE;
      }
    }
    return isEqual ? NONE : new Deviation(false, difference == 0 ? 0 : difference / largest);
  }

  /** Whether the difference is accepted; 0 accepts nothing but equality. */
  boolean isWithin(double tolerance) {
    return isEqual || (tolerance > 0 && relative <= tolerance);
  }
}
