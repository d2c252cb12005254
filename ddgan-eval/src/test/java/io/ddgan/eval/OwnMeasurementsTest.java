package io.ddgan.eval;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.Metric.Better;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnMeasurementsTest {

  @Test
  void theBestIsBetterThanAllBefore() {
    assertTrue(OwnMeasurements.isBest(3.0, List.of(), Better.LOWER));
    assertTrue(OwnMeasurements.isBest(2.0, List.of(4.0, 3.0), Better.LOWER));
    assertFalse(OwnMeasurements.isBest(2.0, List.of(4.0, 1.0), Better.LOWER));
    assertFalse(OwnMeasurements.isBest(2.0, List.of(3.0), Better.HIGHER));
    assertFalse(OwnMeasurements.isBest(3.0, List.of(3.0), Better.LOWER));
  }

  @Test
  void whatIsNotFiniteIsNeverTheBestAndNoObstacle() {
    for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      assertFalse(OwnMeasurements.isBest(bad, List.of(3.0), Better.LOWER));
      assertFalse(OwnMeasurements.isBest(bad, List.of(), Better.LOWER));
    }
    assertTrue(OwnMeasurements.isBest(5.0, List.of(Double.NaN), Better.LOWER));
  }
}
