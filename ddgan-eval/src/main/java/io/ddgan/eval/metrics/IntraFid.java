package io.ddgan.eval.metrics;

import io.ddgan.api.Labels;
import io.ddgan.api.Metric;
import io.ddgan.api.MetricInput;
import io.ddgan.api.Moments;
import io.ddgan.api.OpenDataset;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Vectors;
import io.ddgan.config.Key;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The Frechet distance between generated and real examples of a class (Miyato and Koyama, 2018), as
 * a mean over all classes. It is at least 0; its bias shrinks with more examples per class.
 */
public record IntraFid(
    @Key(value = "number of generated examples", min = 2, max = 10_000_000) int samples,
    @Key(
            value = "minimum number of real examples per class, and of generated ones on average",
            min = 2,
            max = 10_000_000)
        int minCount)
    implements Metric {

  static final String NAME = "intra-fid";

  @Override
  public List<Measure> measures() {
    return List.of(Measure.ofFeatures(NAME, Better.LOWER));
  }

  @Override
  public int minSamples() {
    return minCount;
  }

  @Override
  public int minSamples(Optional<OpenDataset> real) {
    return real.flatMap(OpenDataset::labels)
        .map(labels -> Math.multiplyExact(minCount, labels.classes()))
        .orElse(minSamples());
  }

  @Override
  public Set<Need> needs(Optional<OpenDataset> real) {
    Labels labels = ClassAccuracy.labels(real, NAME);
    int[] counts = new int[labels.classes()];
    IntStream.range(0, real.orElseThrow().size()).forEach(i -> counts[labels.label(i)]++);
    for (int label = 0; label < counts.length; label++) {
      if (counts[label] < minCount) {
        throw new RefusedException(
            "%s needs at least %,d real examples of each class to compare with, but class %s has %,d; compare with more data, or lower min-count"
                .formatted(NAME, minCount, labels.name(label), counts[label]));
      }
    }
    return Set.of(Need.FEATURES, Need.REQUESTED_CLASSES, Need.REAL, Need.REAL_FEATURES_BY_CLASS);
  }

  @Override
  public Map<String, Double> evaluate(MetricInput input) throws IOException {
    Labels labels = input.real().labels().orElseThrow();
    Vectors generated = input.generatedFeatures();
    int[] asked =
        IntStream.range(0, generated.count()).map(input.requestedClasses()::label).toArray();
    double sum = 0;
    for (int label = 0; label < labels.classes(); label++) {
      int wanted = label;
      int[] chosen = IntStream.range(0, asked.length).filter(i -> asked[i] == wanted).toArray();
      if (chosen.length < 2) {
        throw new RefusedException(
            "%s: class %s has only %d of %,d generated examples, too few for a covariance; use more samples"
                .formatted(NAME, labels.name(label), chosen.length, generated.count()));
      }
      Moments real = Moments.of(input.realFeatures(label));
      sum += new GaussianDistance(real).to(Moments.of(generated.at(chosen)));
    }
    return Map.of(NAME, sum / labels.classes());
  }
}
