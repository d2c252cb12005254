package io.ddgan.train;

import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.step.DiscriminatorLosses;
import io.ddgan.train.step.DiscriminatorReport;
import io.ddgan.train.step.StepReport;
import io.ddgan.weights.Safetensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Means of what the iterations since the last row of metrics have measured. They are part of a
 * checkpoint, so that a resumed run writes the same rows.
 */
final class Measurements {

  /** Columns of the metrics, behind the step. */
  static final List<String> COLUMNS =
      List.of(
          "discriminator-loss-real",
          "discriminator-loss-fake",
          "penalty",
          "generator-loss",
          "logit-real",
          "logit-fake",
          "discriminator-gradient-norm",
          "generator-gradient-norm",
          "discriminator-learning-rate",
          "generator-learning-rate",
          "examples-per-second");

  static final String PART = "measurements";

  private static final String COUNT = "/count";

  private final Map<String, Double> sums = new TreeMap<>();
  private final Map<String, Long> counts = new TreeMap<>();

  /** Adds an iteration; the penalty's mean is over the iterations that have one. */
  void add(StepReport report, boolean penalised) {
    report.discriminator().ifPresent(played -> add(played, penalised));
    add("generator-loss", report.generatorLoss());
    add("generator-gradient-norm", report.generatorGradientNorm());
    add("generator-learning-rate", report.generatorRate());
  }

  private void add(DiscriminatorReport played, boolean penalised) {
    DiscriminatorLosses losses = played.losses();
    add("discriminator-loss-real", losses.real());
    add("discriminator-loss-fake", losses.fake());
    if (penalised) {
      add("penalty", losses.penalty());
    }
    add("logit-real", losses.realLogit());
    add("logit-fake", losses.fakeLogit());
    add("discriminator-gradient-norm", played.gradientNorm());
    add("discriminator-learning-rate", played.rate());
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
