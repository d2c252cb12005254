package io.ddgan.train;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.Metric.Better;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BestEvaluationTest {

  @Test
  void theBestIsBetterThanAllBefore() {
    assertTrue(isBest(10, Better.LOWER, Map.of(10L, 3.0)));
    assertTrue(isBest(20, Better.LOWER, Map.of(10L, 3.0, 20L, 2.0)));
    assertFalse(isBest(20, Better.HIGHER, Map.of(10L, 3.0, 20L, 2.0)));
    assertFalse(isBest(20, Better.LOWER, Map.of(10L, 3.0, 20L, 3.0)));
  }

  @Test
  void whatIsNotFiniteIsNeverTheBestAndNoObstacle() {
    for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      assertFalse(isBest(20, Better.LOWER, Map.of(10L, 3.0, 20L, bad)));
      assertFalse(isBest(20, Better.LOWER, Map.of(20L, bad)));
    }
    assertTrue(isBest(20, Better.LOWER, Map.of(10L, Double.NaN, 20L, 5.0)));
  }

  @Test
  void aStepWithoutANumberIsNotTheBest() {
    assertFalse(isBest(20, Better.LOWER, Map.of()));
    assertFalse(isBest(20, Better.LOWER, Map.of(10L, 3.0)));
  }

  private static boolean isBest(long step, Better better, Map<Long, Double> values) {
    return SelfEvaluation.isBest(new TreeMap<>(values), step, better);
  }
}
