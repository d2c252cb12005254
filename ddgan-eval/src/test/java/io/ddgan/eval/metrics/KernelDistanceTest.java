package io.ddgan.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.Metric.Need;
import io.ddgan.api.Vectors;
import io.ddgan.contract.Draws;
import io.ddgan.contract.FixedMetricInput;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelDistanceTest {

  private static final int SIZE = 4;

  /** The larger sets take several blocks. */
  @ParameterizedTest
  @CsvSource({"2, 2", "2, 9", "30, 20", "1025, 1300"})
  void ofWholeSetsIsTheUnbiasedEstimate(int generated, int real) throws IOException {
    double[] x = Draws.normal("x", generated, SIZE, 0.5, 1.2);
    double[] y = Draws.normal("y", real, SIZE, 0, 1);
    Map<String, Double> values =
        new KernelDistance(2, 3, 2000).evaluate(evidence(Vectors.of(x, SIZE), Vectors.of(y, SIZE)));
    double expected = mean(x, x, true) + mean(y, y, true) - 2 * mean(x, y, false);
    assertEquals(expected, values.get("kid"), 1e-9 * Math.abs(expected));
    assertEquals(0, values.get("kid-std"), "there is one pair of subsets only");
  }

  /** An unbiased estimate is right on average, whatever the size of the subsets. */
  @Test
  void ofSubsetsIsNearThatOfTheWhole() throws IOException {
    FixedMetricInput evidence = far();
    double whole = new KernelDistance(2, 1, 400).evaluate(evidence).get("kid");
    Map<String, Double> values = new KernelDistance(2, 200, 50).evaluate(evidence);
    double error = values.get("kid-std") / Math.sqrt(200);
    assertEquals(whole, values.get("kid"), 4 * error);
    assertTrue(values.get("kid") > 20 * error, values::toString);
  }

  @Test
  void theSmallerSetIsTakenAsAWhole() throws IOException {
    Vectors few = Draws.vectors("few", 10, SIZE, 0, 1);
    Vectors many = Draws.vectors("many", 400, SIZE, 0, 1);
    Map<String, Double> values = new KernelDistance(2, 20, 30).evaluate(evidence(few, many));
    assertTrue(values.get("kid-std") > 0, "the subsets of the other differ");
  }

  @Test
  void theDrawsAreTheMetricsOwn() throws IOException {
    KernelDistance metric = new KernelDistance(2, 3, 20);
    assertEquals(metric.evaluate(far()), metric.evaluate(far()));
    assertNotEquals(metric.evaluate(far()), metric.evaluate(far().withSeed(2)));
  }

  private static FixedMetricInput far() {
    return evidence(
        Draws.vectors("generated", 400, SIZE, 1, 1), Draws.vectors("real", 300, SIZE, 0, 1));
  }

  private static FixedMetricInput evidence(Vectors generated, Vectors real) {
    return FixedMetricInput.none().with(Need.FEATURES, generated).with(Need.REAL_FEATURES, real);
  }

  private static double mean(double[] a, double[] b, boolean same) {
    double sum = 0;
    long pairs = 0;
    for (int i = 0; i < a.length; i += SIZE) {
      for (int j = 0; j < b.length; j += SIZE) {
        if (!same || i != j) {
          double product = 0;
          for (int d = 0; d < SIZE; d++) {
            product += a[i + d] * b[j + d];
          }
          sum += Math.pow(product / SIZE + 1, 3);
          pairs++;
        }
      }
    }
    return sum / pairs;
  }
}
