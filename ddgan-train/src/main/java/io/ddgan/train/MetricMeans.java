package io.ddgan.train;

import io.ddgan.internal.weights.Safetensors;
import io.ddgan.train.checkpoint.Checkpoint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Means of metrics over the steps since the last logged row. A checkpoint holds them, and a resumed
 * run writes the same rows.
 */
final class MetricMeans {

  private static final String COUNT = "/count";

  private final Map<String, Double> sums = new TreeMap<>();
  private final Map<String, Long> counts = new TreeMap<>();

  /** Adds the metrics of a step. A column's mean is over the steps that have it. */
  void add(Map<String, Double> values) {
    values.forEach(this::add);
  }

  /** Returns the means since the last call. */
  Map<String, Double> take() {
    Map<String, Double> means = new LinkedHashMap<>();
    sums.forEach((name, sum) -> means.put(name, sum / counts.get(name)));
    sums.clear();
    counts.clear();
    return means;
  }

  Safetensors save() {
    Map<String, String> metadata = new TreeMap<>();
    sums.forEach((name, sum) -> metadata.put(name, sum.toString()));
    counts.forEach((name, count) -> metadata.put(name + COUNT, count.toString()));
    return new Safetensors(Map.of(), metadata);
  }

  /** Returns the means of a checkpoint; empty if it has none. */
  static MetricMeans restore(Checkpoint checkpoint) {
    MetricMeans means = new MetricMeans();
    Safetensors saved =
        checkpoint.parts().getOrDefault(Checkpoint.MEASUREMENTS, new Safetensors(Map.of()));
    saved.metadata().forEach(means::restore);
    return means;
  }

  private void restore(String name, String value) {
    if (name.endsWith(COUNT)) {
      counts.put(name.substring(0, name.length() - COUNT.length()), Long.valueOf(value));
    } else {
      sums.put(name, Double.valueOf(value));
    }
  }

  private void add(String name, double value) {
    sums.merge(name, value, Double::sum);
    counts.merge(name, 1L, Long::sum);
  }
}
