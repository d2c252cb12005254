package io.ddgan.eval.metrics;

import io.ddgan.api.Metric;
import io.ddgan.api.MetricInput;
import io.ddgan.api.OpenDataset;
import io.ddgan.api.Vectors;
import io.ddgan.config.Key;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The kernel distance (Binkowski et al., 2018) between the features of generated and real examples:
 * the squared maximum mean discrepancy with the kernel {@code (x.y / size + 1)^3}. The estimate is
 * unbiased and may be negative. It is the mean over pairs of random subsets, drawn without
 * replacement; sets of at most the subset size are used whole.
 */
public record KernelDistance(
    @Key(value = "number of generated examples", min = 2, max = 10_000_000) int samples,
    @Key(value = "number of pairs of random subsets", min = 1, max = 10_000) int subsets,
    @Key(value = "number of examples in a subset", min = 2, max = 1_000_000) int subsetSize)
    implements Metric {

  @Override
  public List<Measure> measures() {
    return List.of(
        Measure.ofFeatures("kid", Better.LOWER), Measure.ofFeatures("kid-std", Better.NEITHER));
  }

  @Override
  public int minSamples() {
    return 2;
  }

  @Override
  public Set<Need> needs(Optional<OpenDataset> real) {
    return Set.of(Need.FEATURES, Need.REAL_FEATURES);
  }

  @Override
  public Map<String, Double> evaluate(MetricInput input) throws IOException {
    Vectors generated = input.generatedFeatures();
    Vectors real = input.realFeatures();
    boolean whole = Math.max(generated.count(), real.count()) <= subsetSize;
    double[] distances = new double[whole ? 1 : subsets];
    for (int i = 0; i < distances.length; i++) {
      distances[i] =
          squaredDiscrepancy(
              subset(generated, input.random().stream("generated subset", i)),
              subset(real, input.random().stream("real subset", i)));
    }
    return Map.of(
        "kid", SplitStatistics.mean(distances), "kid-std", SplitStatistics.deviation(distances));
  }

  /** Draws a subset in order, by selection sampling (Knuth, 3.4.2, algorithm S). */
  private Vectors subset(Vectors all, RandomGenerator random) {
    if (all.count() <= subsetSize) {
      return all;
    }
    int[] chosen = new int[subsetSize];
    int found = 0;
    for (int i = 0; found < chosen.length; i++) {
      if (random.nextInt(all.count() - i) < chosen.length - found) {
        chosen[found++] = i;
      }
    }
    return all.at(chosen);
  }

  private static double squaredDiscrepancy(Vectors x, Vectors y) throws IOException {
    Kernel within = new Kernel(x.size());
    Products.within(x, within);
    Kernel withinOther = new Kernel(y.size());
    Products.within(y, withinOther);
    Kernel across = new Kernel(x.size());
    Products.across(x, y, across);
    return within.mean() + withinOther.mean() - 2 * across.mean();
  }

  /** The mean of the kernel over pairs. */
  private static final class Kernel implements Products.Pair {

    private final int size;
    private double sum;
    private long pairs;

    Kernel(int size) {
      this.size = size;
    }

    @Override
    public void accept(int row, int column, double product) {
      double base = product / size + 1;
      sum += base * base * base;
      pairs++;
    }

    double mean() {
      return sum / pairs;
    }
  }
}
