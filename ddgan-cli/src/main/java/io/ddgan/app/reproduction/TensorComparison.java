package io.ddgan.app.reproduction;

import io.ddgan.internal.weights.Safetensors;
import io.ddgan.internal.weights.Tensor;
import io.ddgan.train.checkpoint.Checkpoint;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a run and its copy have in common, item by item.
 *
 * @param what what the items are, in the plural
 * @param deviations how far they differ, by the item's name
 */
public record TensorComparison(String what, SortedMap<String, Deviation> deviations) {

  /** Columns that measure time, in which no two runs are equal. */
  private static final Set<String> TIMES = Set.of("examples-per-second", "seconds-per-100");

  private static final Tensor NONE = Tensor.of(List.of(0L));

  /** Compares all tensors of two checkpoints: weights, their average, the optimisers' moments. */
  static TensorComparison ofCheckpoints(Checkpoint original, Checkpoint copy) {
    SortedMap<String, Deviation> deviations = new TreeMap<>();
    Safetensors empty = new Safetensors(Map.of());
    for (String part : union(original.parts().keySet(), copy.parts().keySet())) {
      Safetensors before = original.parts().getOrDefault(part, empty);
      Safetensors after = copy.parts().getOrDefault(part, empty);
      for (String name : union(before.tensors().keySet(), after.tensors().keySet())) {
        deviations.put(
            part + ": " + name,
            Deviation.of(
                before.tensors().getOrDefault(name, NONE),
                after.tensors().getOrDefault(name, NONE)));
      }
      if (!before.metadata().equals(after.metadata())) {
        deviations.put(part + ": metadata", Deviation.INCOMPARABLE);
      }
    }
    return new TensorComparison("tensors", deviations);
  }

  /**
   * Compares what was reported and measured, but for times.
   *
   * @param original numbers by step, by column
   */
  static TensorComparison ofNumbers(
      Map<String, SortedMap<Long, Double>> original, Map<String, SortedMap<Long, Double>> copy) {
    SortedMap<String, Deviation> deviations = new TreeMap<>();
    SortedMap<Long, Double> empty = new TreeMap<>();
    for (String column : union(original.keySet(), copy.keySet())) {
      if (!TIMES.contains(column)) {
        deviations.put(
            column,
            Deviation.of(original.getOrDefault(column, empty), copy.getOrDefault(column, empty)));
      }
    }
    return new TensorComparison("columns", deviations);
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> union = new TreeSet<>(one);
    union.addAll(other);
    return union;
  }

  /** Those that are not equal bit for bit, the furthest first. */
  public List<Entry<String, Deviation>> differing() {
    return deviations.entrySet().stream()
        .filter(entry -> !entry.getValue().isEqual())
        .sorted(
            Comparator.comparingDouble((Entry<String, Deviation> e) -> e.getValue().relative())
                .reversed())
        .toList();
  }

  public boolean isEqual() {
    return differing().isEmpty();
  }

  boolean isWithin(double tolerance) {
    return deviations.values().stream().allMatch(deviation -> deviation.isWithin(tolerance));
  }

  /** The one that differs most. */
  Optional<Entry<String, Deviation>> furthest() {
    return differing().stream().findFirst();
  }
}
