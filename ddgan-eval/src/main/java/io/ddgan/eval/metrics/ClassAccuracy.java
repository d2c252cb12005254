package io.ddgan.eval.metrics;

import io.ddgan.api.Examples;
import io.ddgan.api.Labels;
import io.ddgan.api.Metric;
import io.ddgan.api.MetricInput;
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
 * The share of the generated examples that a classifier takes for the class that was asked for, in
 * [0, 1]. A classifier that is often wrong about real examples puts a limit to it, which
 * evaluations of real examples in their place tell.
 */
public record ClassAccuracy(
    @Key(value = "number of examples to be generated", min = 1, max = 10_000_000) int samples)
    implements Metric {

  static final String NAME = "class-accuracy";

  @Override
  public List<Measure> measures() {
    return List.of(new Measure(NAME, Better.HIGHER));
  }

  @Override
  public Set<Need> needs(Optional<Examples> real) {
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

  /** The classes of the data that are compared with, which a metric of this name needs. */
  static Labels labels(Optional<Examples> real, String metric) {
    return real.flatMap(Examples::labels)
        .orElseThrow(
            () ->
                new RefusedException(
                    "%s needs data with classes, such as fashion-mnist, or image-folder with labels = folders"
                        .formatted(metric)));
  }

  /** The most probable class of every generated example; the extractor must know all classes. */
  static int[] mostProbable(Vectors probabilities, int classes) throws IOException {
    if (probabilities.size() != classes) {
      throw new RefusedException(
          "the features tell %d classes apart, but the data have %d: use features of these data"
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
