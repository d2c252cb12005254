package io.ddgan.train;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.Metric.Better;
import java.util.List;
import org.junit.jupiter.api.Test;

class BestEvaluationTest {

  @Test
  void theBestIsBetterThanAllBefore() {
    assertTrue(SelfEvaluation.isBest(3.0, List.of(), Better.LOWER));
    assertTrue(SelfEvaluation.isBest(2.0, List.of(4.0, 3.0), Better.LOWER));
    assertFalse(SelfEvaluation.isBest(2.0, List.of(4.0, 1.0), Better.LOWER));
    assertFalse(SelfEvaluation.isBest(2.0, List.of(3.0), Better.HIGHER));
    assertFalse(SelfEvaluation.isBest(3.0, List.of(3.0), Better.LOWER));
  }

  @Test
  void whatIsNotFiniteIsNeverTheBestAndNoObstacle() {
    for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      assertFalse(SelfEvaluation.isBest(bad, List.of(3.0), Better.LOWER));
      assertFalse(SelfEvaluation.isBest(bad, List.of(), Better.LOWER));
    }
    assertTrue(SelfEvaluation.isBest(5.0, List.of(Double.NaN), Better.LOWER));
  }
}
