package io.ddgan.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.Metric.Need;
import io.ddgan.api.Vectors;
import io.ddgan.contract.Draws;
import io.ddgan.contract.FixedMetricInput;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InceptionScoreTest {

  private static final int CLASSES = 4;

  /** Parts that are not equally large, and parts of several blocks. */
  @ParameterizedTest
  @CsvSource({"1, 1", "7, 3", "10, 10", "2500, 1", "2500, 2", "1025, 3"})
  void isTheExponentialOfTheMeanDivergence(int count, int splits) throws IOException {
    double[] p = new double[count * CLASSES];
    Draws.probabilities("p", count, CLASSES).read(0, count, p);
    double[] scores = new double[splits];
    for (int i = 0; i < splits; i++) {
      scores[i] = score(p, i * count / splits, (i + 1) * count / splits);
    }
    double mean = 0;
    for (double score : scores) {
      mean += score / splits;
    }
    double variance = 0;
    for (double score : scores) {
      variance += (score - mean) * (score - mean) / splits;
    }
    Map<String, Double> values = evaluate(splits, p);
    assertEquals(mean, values.get("inception-score"), 1e-10);
    assertEquals(Math.sqrt(variance), values.get("inception-score-std"), 1e-10);
  }

  @Test
  void certainAndDiverseExamplesScoreAsMuchAsThereAreClasses() throws IOException {
    double[] p = new double[8 * CLASSES];
    for (int i = 0; i < 8; i++) {
      p[i * CLASSES + i % CLASSES] = 1;
    }
    assertEquals(CLASSES, evaluate(1, p).get("inception-score"), 1e-12);
    assertEquals(CLASSES, evaluate(2, p).get("inception-score"), 1e-12);
  }

  private static Map<String, Double> evaluate(int splits, double... p) throws IOException {
    return new InceptionScore(1, splits)
        .evaluate(FixedMetricInput.none().with(Need.PROBABILITIES, Vectors.of(p, CLASSES)));
  }

  private static double score(double[] p, int from, int to) {
    double[] mean = new double[CLASSES];
    for (int i = from * CLASSES; i < to * CLASSES; i++) {
      mean[i % CLASSES] += p[i] / (to - from);
    }
    double divergence = 0;
    for (int i = from * CLASSES; i < to * CLASSES; i++) {
      divergence += p[i] * Math.log(p[i] / mean[i % CLASSES]) / (to - from);
    }
    return Math.exp(divergence);
  }
}
