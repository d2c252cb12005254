package io.ddgan.app.reproduction;

import io.ddgan.internal.weights.Safetensors;
import io.ddgan.internal.weights.Tensor;
import io.ddgan.train.checkpoint.Checkpoint;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;

/**
 * What a run has, compared with what a copy has, item by item.
 *
 * @param what what the items are, in the plural
 * @param compared number of items
 * @param differing of those that are not equal bit for bit the largest difference of two numbers,
 *     relative to the largest number of the item; infinite where numbers are missing, or not finite
 *     in one of both alone
 */
public record Comparison(String what, int compared, Map<String, Double> differing) {

  /** Columns that measure time, in which no two runs are equal. */
  private static final Set<String> TIMES = Set.of("examples-per-second", "seconds-per-100");

  /**
   * Numbers that are compared with those of another item.
   *
   * @param key what has to be the same for that, such as their shape
   */
  private record Item(Object key, int count, IntToDoubleFunction at) {}

  /** Compares the tensors of a checkpoint: weights, their average, the optimisers' moments. */
  static Comparison ofCheckpoints(Checkpoint original, Checkpoint copy) {
    return of("tensors", items(original), items(copy));
  }

  /** Compares numbers by step, by column; those that measure time are left out. */
  static Comparison ofNumbers(
      Map<String, SortedMap<Long, Double>> original, Map<String, SortedMap<Long, Double>> copy) {
    return of("columns", items(original), items(copy));
  }

  private static Map<String, Item> items(Checkpoint checkpoint) {
    Map<String, Item> items = new TreeMap<>();
    for (Map.Entry<String, Safetensors> part : checkpoint.parts().entrySet()) {
      String prefix = part.getKey() + ": ";
      items.put(prefix + "metadata", new Item(part.getValue().metadata(), 0, i -> 0));
      for (Map.Entry<String, Tensor> each : part.getValue().tensors().entrySet()) {
        FloatBuffer values = each.getValue().values();
        Object shape = each.getValue().shape();
        items.put(prefix + each.getKey(), new Item(shape, values.remaining(), values::get));
      }
    }
    return items;
  }

  private static Map<String, Item> items(Map<String, SortedMap<Long, Double>> columns) {
    Map<String, Item> items = new TreeMap<>();
    columns.forEach(
        (name, column) -> {
          double[] values = column.values().stream().mapToDouble(Double::doubleValue).toArray();
          items.put(name, new Item(column.keySet(), values.length, i -> values[i]));
        });
    items.keySet().removeAll(TIMES);
    return items;
  }

  private static Comparison of(String what, Map<String, Item> original, Map<String, Item> copy) {
    Map<String, Double> differing = new TreeMap<>();
    original.forEach(
        (name, item) ->
            difference(item, copy.get(name)).ifPresent(far -> differing.put(name, far)));
    return new Comparison(what, original.size(), differing);
  }

  /** The relative difference; empty if all numbers are equal bit for bit. */
  private static Optional<Double> difference(Item original, Item copy) {
    if (copy == null || !original.key().equals(copy.key())) {
      return Optional.of(Double.POSITIVE_INFINITY);
    }
    boolean isEqual = true;
    double difference = 0;
    double largest = 0;
    for (int i = 0; i < original.count(); i++) {
      double before = original.at().applyAsDouble(i);
      double after = copy.at().applyAsDouble(i);
      if (Double.doubleToLongBits(before) != Double.doubleToLongBits(after)) {
        if (!Double.isFinite(before) || !Double.isFinite(after)) {
          return Optional.of(Double.POSITIVE_INFINITY);
        }
        isEqual = false;
        difference = Math.max(difference, Math.abs(after - before));
      }
      if (Double.isFinite(before)) {
        largest = Math.max(largest, Math.max(Math.abs(before), Math.abs(after)));
      }
    }
    if (isEqual) {
      return Optional.empty();
    }
    return Optional.of(difference == 0 ? 0 : difference / largest); // 0 of opposite signs
  }

  /** Whether all differences are accepted; 0 accepts nothing but equality. */
  boolean isWithin(double tolerance) {
    return differing.isEmpty() || (tolerance > 0 && furthest().get().getValue() <= tolerance);
  }

  /** The item that differs most, if any does. */
  Optional<Map.Entry<String, Double>> furthest() {
    return differing.entrySet().stream().max(Map.Entry.comparingByValue());
  }
}
