package io.ddgan.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.Vectors;
import io.ddgan.contract.Draws;
import io.ddgan.contract.FixedEvidence;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrechetDistanceTest {

  private final FrechetDistance metric = new FrechetDistance(2);
  private final Vectors real = Draws.vectors("real", 20, 2, 0, 1);

  @Test
  void statisticsOfTheDataAreEnough() {
    assertEquals(2, metric.needs(Optional.empty()).size());
  }

  @Test
  void oneExampleIsTooFew() {
    assertEquals("a covariance needs at least 2 examples, not 1", message(0, 1));
  }

  @Test
  void theExampleThatIsNotFiniteIsNamed() {
    assertEquals(
        "generated example 1 has a feature that is not finite: -Infinity",
        message(0, 1, 2, Double.NEGATIVE_INFINITY));
  }

  private String message(double... features) {
    return assertThrows(IllegalArgumentException.class, () -> evaluate(features)).getMessage();
  }

  private void evaluate(double... features) throws IOException {
    metric.evaluate(FixedEvidence.ofFeatures(Vectors.of(features, 2), real));
  }
}
