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

/**
 * The Inception Score (Salimans et al., 2016): the exponential of the mean divergence KL(classes of
 * an example || classes of all examples), from 1 to the number of classes. It is the mean over
 * consecutive splits of the examples.
 */
public record InceptionScore(
    @Key(value = "number of generated examples", min = 1, max = 10_000_000) int samples,
    @Key(value = "number of splits that are scored separately", min = 1, max = 100_000) int splits)
    implements Metric {

  private static final int BLOCK = 1024;

  @Override
  public List<Measure> measures() {
    return List.of(
        Measure.ofFeatures("inception-score", Better.HIGHER),
        Measure.ofFeatures("inception-score-std", Better.NEITHER));
  }

  @Override
  public int minSamples() {
    return splits;
  }

  @Override
  public Set<Need> needs(Optional<OpenDataset> real) {
    return Set.of(Need.PROBABILITIES);
  }

  @Override
  public Map<String, Double> evaluate(MetricInput input) throws IOException {
    Vectors probabilities = input.probabilities();
    double[] scores = new double[splits];
    for (int i = 0; i < splits; i++) {
      scores[i] = score(probabilities, start(i, probabilities), start(i + 1, probabilities));
    }
    return Map.of(
        "inception-score",
        SplitStatistics.mean(scores),
        "inception-score-std",
        SplitStatistics.deviation(scores));
  }

  private int start(int split, Vectors probabilities) {
    return (int) ((long) split * probabilities.count() / splits);
  }

  /** Computes the mean divergence as H(mean of the examples) - mean of H(example). */
  private static double score(Vectors probabilities, int from, int to) throws IOException {
    int classes = probabilities.size();
    double[] mean = new double[classes];
    double entropy = 0;
    double[] block = new double[Math.min(BLOCK, to - from) * classes];
    for (int first = from; first < to; first += BLOCK) {
      int now = Math.min(BLOCK, to - first);
      probabilities.read(first, now, block);
      for (int i = 0; i < now * classes; i++) {
        mean[i % classes] += block[i] / (to - from);
        entropy += entropy(block[i]) / (to - from);
      }
    }
    double entropyOfMean = 0;
    for (double p : mean) {
      entropyOfMean += entropy(p);
    }
    return Math.exp(entropyOfMean - entropy);
  }

  private static double entropy(double p) {
    return p > 0 ? -p * Math.log(p) : 0;
  }
}
