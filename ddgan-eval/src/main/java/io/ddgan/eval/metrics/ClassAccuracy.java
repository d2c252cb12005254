package io.ddgan.eval.metrics;

import io.ddgan.api.Labels;
import io.ddgan.api.Metric;
import io.ddgan.api.MetricInput;
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
 * The share of generated examples that a classifier assigns to the requested class, in [0, 1]. The
 * classifier's accuracy on real examples bounds it; the real-data baseline measures that.
 */
public record ClassAccuracy(
    @Key(value = "number of generated examples", min = 1, max = 10_000_000) int samples)
    implements Metric {

  static final String NAME = "class-accuracy";

  @Override
  public List<Measure> measures() {
    return List.of(new Measure(NAME, Better.HIGHER));
  }

  @Override
  public Set<Need> needs(Optional<OpenDataset> real) {
    Labels unused = labels(real, NAME);
    return Set.of(Need.PROBABILITIES, Need.REQUESTED_CLASSES, Need.REAL);
  }

  @Override
  public Map<String, Double> evaluate(MetricInput input) throws IOException {
    Labels asked = input.requestedClasses();
    int[] labels = mostProbable(input.probabilities(), asked.classes());
    double agreed =
        IntStream.range(0, labels.length).filter(i -> labels[i] == asked.label(i)).count();
    return Map.of(NAME, agreed / labels.length);
  }

  /** Returns the classes of the reference data, which the named metric needs. */
  static Labels labels(Optional<OpenDataset> real, String metric) {
    return real.flatMap(OpenDataset::labels)
        .orElseThrow(
            () ->
                new RefusedException(
                    "%s needs data with classes, such as fashion-mnist, or image-folder with labels = folders"
                        .formatted(metric)));
  }

  /** Returns the most probable class of each generated example. */
  static int[] mostProbable(Vectors probabilities, int classes) throws IOException {
    if (probabilities.size() != classes) {
      throw new RefusedException(
          "the features have %d classes, but the data have %d; use features of these data"
              .formatted(probabilities.size(), classes));
    }
    int[] labels = new int[probabilities.count()];
    double[] example = new double[classes];
    for (int i = 0; i < labels.length; i++) {
      probabilities.read(i, 1, example);
      labels[i] = GaussianDistance.largest(example);
    }
    return labels;
  }
}
