package io.ddgan.train;

import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.phase.StepReport;
import io.ddgan.weights.Safetensors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Means of what the steps since the last row of metrics have measured. They are part of a
 * checkpoint, so that a resumed run writes the same rows.
 */
final class Measurements {

  static final String PART = "measurements";

  private static final String COUNT = "/count";

  private final Map<String, Double> sums = new TreeMap<>();
  private final Map<String, Long> counts = new TreeMap<>();

  /** Adds a step; a column's mean is over the steps that have it. */
  void add(StepReport report) {
    report.values().forEach(this::add);
  }

  /** The means since the last call. */
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

  /** The state that a checkpoint was saved in, or none if the checkpoint has none. */
  static Measurements restore(Checkpoint checkpoint) {
    Measurements measurements = new Measurements();
    checkpoint
        .parts()
        .getOrDefault(PART, new Safetensors(Map.of()))
        .metadata()
        .forEach(
            (name, value) -> {
              if (name.endsWith(COUNT)) {
                String key = name.substring(0, name.length() - COUNT.length());
                measurements.counts.put(key, Long.valueOf(value));
              } else {
                measurements.sums.put(name, Double.valueOf(value));
              }
            });
    return measurements;
  }

  private void add(String name, double value) {
    sums.merge(name, value, Double::sum);
    counts.merge(name, 1L, Long::sum);
  }
}
