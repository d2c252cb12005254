package io.ddgan.eval.metrics;

import io.ddgan.api.Metric;
import io.ddgan.api.MetricInput;
import io.ddgan.api.OpenDataset;
import io.ddgan.api.Vectors;
import io.ddgan.config.Key;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Density and coverage (Naeem et al., 2020), which are more robust to outliers than precision and
 * recall. Each real example has a ball with its k-th nearest real neighbour on the boundary.
 * Density is the mean number of balls that contain a generated example, divided by k; it may exceed
 * 1. Coverage is the share of balls that contain a generated example. Balls include their boundary.
 *
 * @param neighbours k; 5 in the paper
 */
public record DensityCoverage(
    @Key(value = "number of generated examples", min = 2, max = 10_000_000) int samples,
    @Key(value = "number of neighbours k within a ball", min = 1, max = 1000) int neighbours)
    implements Metric {

  @Override
  public List<Measure> measures() {
    return List.of(
        Measure.ofFeatures("density", Better.HIGHER),
        Measure.ofFeatures("coverage", Better.HIGHER));
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
    double[] squaredRadii = distances.squaredRadii(real, neighbours);
    int[] members = new int[real.count()];
    distances.across(
        real,
        generated,
        (i, j, distance) -> {
          if (distance <= squaredRadii[i]) {
            members[i]++;
          }
        });
    double all = Arrays.stream(members).asLongStream().sum();
    double covered = Arrays.stream(members).filter(n -> n > 0).count();
    return Map.of(
        "density", all / neighbours / generated.count(), "coverage", covered / real.count());
  }
}
