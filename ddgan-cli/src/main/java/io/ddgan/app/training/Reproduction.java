package io.ddgan.app.training;

import io.ddgan.app.text.Table;
import io.ddgan.internal.file.Json;
import io.ddgan.internal.weights.Safetensors;
import io.ddgan.internal.weights.Tensor;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.run.Environment.Difference;
import io.ddgan.train.run.MetricsCsv;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The comparison of a run with its copy.
 *
 * @param weights all tensors of the last checkpoints
 * @param metrics the metrics during training
 * @param environment the differences of the environments
 * @param tolerance the accepted relative difference; 0 for none
 */
public record Reproduction(
    Comparison weights, Comparison metrics, List<Difference> environment, double tolerance) {

  private static final String INCOMPARABLE = "incomparable";
  private static final String HASH = "\\b([0-9a-f]{12})[0-9a-f]{28,}";

  /** Returns whether weights and metrics are equal bit for bit. */
  private boolean isEqual() {
    return weights.isWithin(0) && metrics.isWithin(0);
  }

  /** Returns whether they are equal within the tolerance. */
  public boolean isAccepted() {
    return weights.isWithin(tolerance) && metrics.isWithin(tolerance);
  }

  /** Returns the result in one line. */
  public String verdict() {
    String found =
        isEqual()
            ? "reproduced: weights and metrics are equal bit for bit"
            : "%s: %s, %s"
                .formatted(
                    isAccepted() ? "reproduced within " + tolerance : "not bit for bit",
                    furthest("weights", weights),
                    furthest("metrics", metrics));
    if (environment.isEmpty()) {
      return isEqual() ? found : found + "; the environment is the same";
    }
    String facts = environment.stream().map(Difference::toString).collect(Collectors.joining(", "));
    return found + "; the environment differs in: " + facts.replaceAll(HASH, "$1");
  }

  private static String furthest(String what, Comparison comparison) {
    return comparison
        .furthest()
        .map(most -> " differ by up to %s (%s)".formatted(text(most.getValue()), most.getKey()))
        .map(what::concat)
        .orElse(what + " are equal");
  }

  /** Returns a table of the number of equal items and the largest difference. */
  public Table table() {
    Table table = new Table();
    table.row("compared", "equal", "largest relative difference");
    row("weights", weights, table);
    row("metrics", metrics, table);
    return table;
  }

  private static void row(String name, Comparison all, Table table) {
    int equal = all.compared() - all.differing().size();
    table.row(
        name,
        "%,d of %,d %s".formatted(equal, all.compared(), all.what()),
        all.furthest().map(most -> text(most.getValue())).orElse("none"));
  }

  /** Returns all results as JSON. */
  public String json(String run) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("run", run);
    all.put("verdict", verdict());
    all.put("equal", isEqual());
    all.put("accepted", isAccepted());
    all.put("tolerance", tolerance);
    all.put("weights", json(weights));
    all.put("metrics", json(metrics));
    Map<String, Object> facts = new LinkedHashMap<>();
    environment.forEach(
        d -> facts.put(d.name(), Map.of("original", d.before(), "copy", d.after())));
    all.put("environment", facts);
    return Json.pretty(all);
  }

  private static Map<String, Object> json(Comparison comparison) {
    Map<String, Object> differing = new LinkedHashMap<>(comparison.differing());
    differing.replaceAll((name, far) -> far.equals(Double.POSITIVE_INFINITY) ? INCOMPARABLE : far);
    return Map.of("compared", comparison.compared(), "relative-differences", differing);
  }

  /** Formats a relative difference. */
  private static String text(double relative) {
    return Double.isInfinite(relative)
        ? INCOMPARABLE
        : String.format(Locale.ROOT, "%.1e", relative);
  }

  /**
   * The items of a run compared with those of its copy.
   *
   * @param what the kind of the items, in the plural
   * @param compared number of items
   * @param differing the largest difference of each unequal item, relative to its largest number;
   *     infinite if numbers are missing, or finite in only one of the two
   */
  record Comparison(String what, int compared, Map<String, Double> differing) {

    /** Columns of times, which differ between any two runs. */
    private static final Set<String> TIMES =
        Set.of(MetricsCsv.SPEED, MetricsCsv.SECONDS, "seconds-per-100");

    /**
     * Numbers to compare with those of another item.
     *
     * @param key must be equal for the comparison, such as the shape
     */
    private record Item(Object key, int count, IntToDoubleFunction at) {}

    /** Compares the tensors of checkpoints: weights, their average, the optimisers' moments. */
    static Comparison ofCheckpoints(Checkpoint original, Checkpoint copy) {
      return of("tensors", items(original), items(copy));
    }

    /** Compares metrics by column and step, except times. */
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
      Set<String> names = new TreeSet<>(original.keySet());
      names.addAll(copy.keySet());
      Map<String, Double> differing = new TreeMap<>();
      names.forEach(
          name ->
              difference(original.get(name), copy.get(name))
                  .ifPresent(far -> differing.put(name, far)));
      return new Comparison(what, names.size(), differing);
    }

    /** Returns the relative difference; empty if all numbers are equal bit for bit. */
    private static Optional<Double> difference(Item original, Item copy) {
      if (original == null || copy == null || !original.key().equals(copy.key())) {
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
      return Optional.of(difference == 0 ? 0 : difference / largest); // zeros of opposite signs
    }

    /** Returns whether all differences are accepted; with 0 only equality is. */
    boolean isWithin(double tolerance) {
      return differing.isEmpty() || (tolerance > 0 && furthest().get().getValue() <= tolerance);
    }

    /** Returns the item that differs most, if any. */
    Optional<Map.Entry<String, Double>> furthest() {
      return differing.entrySet().stream().max(Map.Entry.comparingByValue());
    }
  }
}
