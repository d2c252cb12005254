package io.ddgan.app.reproduction;

import io.ddgan.internal.weights.Safetensors;
import io.ddgan.internal.weights.Tensor;
import io.ddgan.train.checkpoint.Checkpoint;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;

/**
 * A run and its copy, compared item by item.
 *
 * @param what what the items are, in the plural
 * @param compared number of items
 * @param differing of those that are not equal bit for bit the largest difference of two numbers,
 *     relative to the largest number of the item; infinite where numbers are missing, or not finite
 *     in one of both alone; the furthest first
 */
public record Comparison(String what, int compared, Map<String, Double> differing) {

  /** Columns that measure time, in which no two runs are equal. */
  private static final Set<String> TIMES = Set.of("examples-per-second", "seconds-per-100");

  /**
   * Numbers that are compared with those of another item.
   *
   * @param key what has to be the same for that, such as their shape
   */
  private record Item(Object key, int count, IntToDoubleFunction at) {

    static Item of(Tensor tensor) {
      FloatBuffer values = tensor.values();
      return new Item(tensor.shape(), values.remaining(), values::get);
    }

    static Item of(SortedMap<Long, Double> column) {
      double[] values = column.values().stream().mapToDouble(Double::doubleValue).toArray();
      return new Item(column.keySet(), values.length, i -> values[i]);
    }
  }

  /** Compares all tensors of two checkpoints: weights, their average, the optimisers' moments. */
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
      part.getValue()
          .tensors()
          .forEach((name, tensor) -> items.put(part.getKey() + ": " + name, Item.of(tensor)));
      Item metadata = new Item(part.getValue().metadata(), 0, i -> 0);
      items.put(part.getKey() + ": metadata", metadata);
    }
    return items;
  }

  private static Map<String, Item> items(Map<String, SortedMap<Long, Double>> columns) {
    Map<String, Item> items = new TreeMap<>();
    columns.forEach((name, column) -> items.put(name, Item.of(column)));
    items.keySet().removeAll(TIMES);
    return items;
  }

  private static Comparison of(String what, Map<String, Item> original, Map<String, Item> copy) {
    Set<String> names = new TreeSet<>(original.keySet());
    names.addAll(copy.keySet());
    Map<String, Double> found = new TreeMap<>();
    for (String name : names) {
      difference(original.get(name), copy.get(name)).ifPresent(far -> found.put(name, far));
    }
    Map<String, Double> differing = new LinkedHashMap<>();
    found.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(entry -> differing.put(entry.getKey(), entry.getValue()));
    return new Comparison(what, names.size(), Collections.unmodifiableMap(differing));
  }

  /** The relative difference; empty if all numbers are equal bit for bit. */
  private static OptionalDouble difference(Item original, Item copy) {
    if (original == null || copy == null || !original.key().equals(copy.key())) {
      return OptionalDouble.of(Double.POSITIVE_INFINITY);
    }
    boolean isEqual = true;
    double difference = 0;
    double largest = 0;
    for (int i = 0; i < original.count(); i++) {
      double before = original.at().applyAsDouble(i);
      double after = copy.at().applyAsDouble(i);
      if (Double.doubleToLongBits(before) != Double.doubleToLongBits(after)) {
        if (!Double.isFinite(before) || !Double.isFinite(after)) {
          return OptionalDouble.of(Double.POSITIVE_INFINITY);
        }
        isEqual = false;
        difference = Math.max(difference, Math.abs(after - before));
      }
      if (Double.isFinite(before)) {
        largest = Math.max(largest, Math.max(Math.abs(before), Math.abs(after)));
      }
    }
    if (isEqual) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(difference == 0 ? 0 : difference / largest); // 0 of opposite signs
  }

  /** Whether all differences are accepted; 0 accepts nothing but equality. */
  boolean isWithin(double tolerance) {
    return differing.isEmpty()
        || (tolerance > 0 && differing.values().stream().allMatch(far -> far <= tolerance));
  }
}
