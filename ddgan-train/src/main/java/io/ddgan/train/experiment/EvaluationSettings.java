package io.ddgan.train.experiment;

import io.ddgan.api.FeatureExtractor;
import io.ddgan.api.Metric;
import io.ddgan.api.Metric.Better;
import io.ddgan.api.Metric.Measure;
import io.ddgan.api.Metric.Need;
import io.ddgan.api.RefusedException;
import io.ddgan.config.Key;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Settings of the evaluations of the EMA generator during and at the end of training. */
public record EvaluationSettings(
    @Key(value = "training steps between evaluations; 0 evaluates at the end only", min = 0)
        int every,
    @Key("metrics to compute") List<Metric> metrics,
    @Key(
            value = "number of generated examples, instead of each metric's own",
            min = 1,
            max = 10_000_000)
        Optional<Integer> samples,
    @Key("feature extractor whose vectors the metrics compare") FeatureExtractor features,
    @Key("measure that selects the best checkpoint to keep, such as classifier-fid")
        Optional<String> keepBest) {

  /** Checks combinations of keys. */
  public EvaluationSettings {
    metrics = List.copyOf(metrics);
    List<Measure> measures = measures(metrics, features);
    Set<String> names = new HashSet<>();
    for (Measure measure : measures) {
      if (!names.add(measure.name())) {
        throw new RefusedException(
            "evaluation.metrics computes %s twice; remove one of the metrics"
                .formatted(measure.name()));
      }
    }
    List<String> comparable =
        measures.stream().filter(m -> m.better() != Better.NEITHER).map(Measure::name).toList();
    if (!comparable.containsAll(keepBest.stream().toList())) {
      throw new RefusedException(
          "evaluation.keep-best must be one of %s; got %s".formatted(comparable, keepBest.get()));
    }
    if (keepBest.isPresent() && every == 0) {
      throw new RefusedException(
          "evaluation.keep-best compares checkpoints during training; set evaluation.every to a number of steps");
    }
  }

  /** Returns whether all metrics look at the generator only and need no data. */
  public boolean looksAtGeneratorOnly() {
    return metrics.stream().allMatch(EvaluationSettings::looksAtGeneratorOnly);
  }

  private static boolean looksAtGeneratorOnly(Metric metric) {
    try {
      return metric.needs(Optional.empty()).equals(Set.of(Need.GENERATOR));
    } catch (RefusedException e) {
      return false; // it looks at data
    }
  }

  /** Returns how many generated examples a metric uses at most; 0 if it uses none. */
  public int samples(Metric metric) {
    return metric.samples() == 0 ? 0 : samples.orElse(metric.samples());
  }

  /** Returns the measures of all metrics, by their full names. */
  public List<Measure> measures() {
    return measures(metrics, features);
  }

  private static List<Measure> measures(List<Metric> metrics, FeatureExtractor features) {
    return metrics.stream()
        .flatMap(metric -> metric.measures().stream())
        .map(measure -> measure.by(features))
        .toList();
  }
}
