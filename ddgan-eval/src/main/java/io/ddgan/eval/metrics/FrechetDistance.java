package io.ddgan.eval.metrics;

import io.ddgan.api.Metric;
import io.ddgan.api.MetricInput;
import io.ddgan.api.Moments;
import io.ddgan.api.OpenDataset;
import io.ddgan.api.Vectors;
import io.ddgan.config.Key;
import io.ddgan.random.RandomStreams;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The Frechet distance between the features of generated and real examples (Heusel et al., 2017),
 * as Gaussians: {@code |m1 - m2|^2 + tr(S1 + S2 - 2 sqrt(S1 S2))}. It is at least 0; its bias
 * shrinks with more examples. With at least 20 examples, its standard error over other samples of
 * the same generator is measured, too.
 *
 * @param samples number of generated examples; 50,000 in the literature
 */
public record FrechetDistance(
    @Key(value = "number of generated examples", min = 2, max = 10_000_000) int samples)
    implements Metric {

  private static final String FID = "fid";
  private static final String STANDARD_ERROR = "fid-standard-error";
  private static final int GROUPS = 10;

  @Override
  public List<Measure> measures() {
    return List.of(
        Measure.ofFeatures(FID, Better.LOWER), Measure.ofFeatures(STANDARD_ERROR, Better.NEITHER));
  }

  @Override
  public int minSamples() {
    return 2;
  }

  @Override
  public Set<Need> needs(Optional<OpenDataset> real) {
    return Set.of(Need.FEATURES, Need.REAL_MOMENTS);
  }

  @Override
  public Optional<String> warning(int samples, Optional<OpenDataset> real) {
    return real.filter(data -> !data.shape().isImage())
        .map(points -> "compares only mean and covariance; for points add density-coverage");
  }

  @Override
  public Map<String, Double> evaluate(MetricInput input) throws IOException {
    Vectors generated = input.generatedFeatures();
    GaussianDistance distance = new GaussianDistance(input.realMoments());
    Map<String, Double> values = new HashMap<>();
    values.put(FID, distance.to(Moments.of(generated)));
    if (generated.count() >= 2 * GROUPS) {
      values.put(
          STANDARD_ERROR, standardError(generated, input.random().stream("tenths"), distance));
    }
    return values;
  }

  /**
   * Estimates the standard error by the jackknife (Quenouille, 1956; Tukey, 1958) from the
   * distances without each tenth of the examples. It is overestimated, by up to a factor of 2, for
   * distances close to the baseline of real examples.
   *
   * @param random assigns examples to tenths, as they may be sorted
   */
  private static double standardError(
      Vectors examples, RandomGenerator random, GaussianDistance distance) throws IOException {
    int[] order = IntStream.range(0, examples.count()).toArray();
    RandomStreams.shuffle(order, random);
    double[] estimates = new double[GROUPS];
    for (int group = 0; group < GROUPS; group++) {
      int from = bound(group, order.length);
      int to = bound(group + 1, order.length);
      IntStream rest = IntStream.range(0, order.length).filter(i -> i < from || i >= to);
      int[] chosen = rest.map(i -> order[i]).sorted().toArray();
      estimates[group] = distance.to(Moments.of(examples.at(chosen)));
    }
    return Math.sqrt(GROUPS - 1) * SplitStatistics.deviation(estimates);
  }

  private static int bound(int group, int count) {
    return (int) ((long) group * count / GROUPS);
  }
}
