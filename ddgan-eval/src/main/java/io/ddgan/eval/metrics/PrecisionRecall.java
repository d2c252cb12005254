package io.ddgan.eval.metrics;

import io.ddgan.api.Metric;
import io.ddgan.api.MetricInput;
import io.ddgan.api.OpenDataset;
import io.ddgan.api.Vectors;
import io.ddgan.config.Key;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Improved precision and recall (Kynkaanniemi et al., 2019): the share of generated examples within
 * the support of the real ones, and the share of real examples within the support of the generated
 * ones. The support of a set is the union of the balls around its feature vectors that reach to
 * their k-th nearest neighbours.
 *
 * @param neighbours k; 3 in the paper
 */
public record PrecisionRecall(
    @Key(value = "number of generated examples", min = 2, max = 10_000_000) int samples,
    @Key(value = "number of neighbours k within a ball", min = 1, max = 1000) int neighbours)
    implements Metric {

  @Override
  public List<Measure> measures() {
    return List.of(
        Measure.ofFeatures("precision", Better.HIGHER),
        Measure.ofFeatures("recall", Better.HIGHER));
  }

  @Override
  public int minSamples() {
    return Math.addExact(neighbours, 1);
  }

  @Override
  public Set<Need> needs(Optional<OpenDataset> real) {
    return Set.of(Need.FEATURES, Need.REAL_FEATURES);
  }

  @Override
  public Map<String, Double> evaluate(MetricInput input) throws IOException {
    Vectors generated = input.generatedFeatures();
    Vectors real = input.realFeatures();
    PairwiseDistances distances = PairwiseDistances.amid(real);
    double[] ofReal = distances.squaredRadii(real, neighbours);
    double[] ofGenerated = distances.squaredRadii(generated, neighbours);
    BitSet precise = new BitSet();
    BitSet recalled = new BitSet();
    distances.across(
        real,
        generated,
        (i, j, distance) -> {
          if (distance <= ofReal[i]) {
            precise.set(j);
          }
          if (distance <= ofGenerated[j]) {
            recalled.set(i);
          }
        });
    return Map.of(
        "precision",
        precise.cardinality() / (double) generated.count(),
        "recall",
        recalled.cardinality() / (double) real.count());
  }
}
