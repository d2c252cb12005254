package io.ddgan.eval;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.Metric.Better;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingEvaluationsTest {

  @Test
  void theBestIsBetterThanAllBefore() {
    assertTrue(TrainingEvaluations.isBest(3.0, List.of(), Better.LOWER));
    assertTrue(TrainingEvaluations.isBest(2.0, List.of(4.0, 3.0), Better.LOWER));
    assertFalse(TrainingEvaluations.isBest(2.0, List.of(4.0, 1.0), Better.LOWER));
    assertFalse(TrainingEvaluations.isBest(2.0, List.of(3.0), Better.HIGHER));
    assertFalse(TrainingEvaluations.isBest(3.0, List.of(3.0), Better.LOWER));
  }

  @Test
  void whatIsNotFiniteIsNeverTheBestAndNoObstacle() {
    for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      assertFalse(TrainingEvaluations.isBest(bad, List.of(3.0), Better.LOWER));
      assertFalse(TrainingEvaluations.isBest(bad, List.of(), Better.LOWER));
    }
    assertTrue(TrainingEvaluations.isBest(5.0, List.of(Double.NaN), Better.LOWER));
  }
}
