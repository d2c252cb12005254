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

/** What is measured of the averaged generator, when training has ended and on the way. */
public record EvaluationSettings(
    @Key(value = "steps between two evaluations, 0 for none before the end", min = 0) int every,
    @Key("what is measured") List<Metric> metrics,
    @Key(
            value = "generated examples, in place of the number that each metric wants",
            min = 1,
            max = 10_000_000)
        Optional<Integer> samples,
    @Key("what turns examples into the vectors that metrics compare") FeatureExtractor features,
    @Key("the measure whose best checkpoint is kept, such as fid") Optional<String> keepBest) {

  /** Checks what the single keys cannot say. */
  public EvaluationSettings {
    metrics = List.copyOf(metrics);
    List<Measure> measures =
        metrics.stream().flatMap(metric -> metric.measures().stream()).toList();
    Set<String> names = new HashSet<>();
    for (Measure measure : measures) {
      if (!names.add(measure.name())) {
        throw new RefusedException(
            "evaluation.metrics measures %s twice; remove one of the metrics"
                .formatted(measure.name()));
      }
    }
    List<String> comparable =
        measures.stream().filter(m -> m.better() != Better.NEITHER).map(Measure::name).toList();
    if (!comparable.containsAll(keepBest.stream().toList())) {
      throw new RefusedException(
          "evaluation.keep-best must be a number that the metrics give, of %s, not %s"
              .formatted(comparable, keepBest.get()));
    }
    if (keepBest.isPresent() && every == 0) {
      throw new RefusedException(
          "evaluation.keep-best compares checkpoints on the way; set evaluation.every to a number of steps");
    }
  }

  /** Whether nothing but the generator itself is looked at, so that no data are needed. */
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

  /** Generated examples that a metric is given, if there are as many; 0 if it looks at none. */
  public int samples(Metric metric) {
    return metric.samples() == 0 ? 0 : samples.orElse(metric.samples());
  }

  /** The numbers that the metrics may give. */
  public List<Measure> measures() {
    return metrics.stream().flatMap(metric -> metric.measures().stream()).toList();
  }
}
