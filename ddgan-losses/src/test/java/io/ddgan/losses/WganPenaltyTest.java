package io.ddgan.losses;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.GradientPenalty;
import io.ddgan.api.Ramp;
import io.ddgan.contract.Scalar;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class WganPenaltyTest {

  private final WganPenalty penalty = new WganPenalty(Ramp.constant(10), 1);

  @Test
  void isTheMeanSquaredDistanceOfTheGradientsLengthsFromOne() {
    try (Scalar scalar = new Scalar(DataType.DOUBLE, penalty::penalty, 2, 2)) {
      assertEquals((16 + 0) / 2.0, scalar.value(3, 4, 0, -1), 1e-9);
      assertArrayEquals(new double[] {2.4, 3.2, 0, 0}, scalar.gradient(3, 4, 0, -1), 1e-9);
    }
  }

  @Test
  void isFiniteWhereTheGradientVanishes() {
    try (Scalar scalar = new Scalar(DataType.DOUBLE, penalty::penalty, 1, 2)) {
      assertEquals(1, scalar.value(0, 0), 1e-5);
      assertArrayEquals(new double[2], scalar.gradient(0, 0), 1e-9);
    }
  }

  @Test
  void isMultipliedByItsWeight() {
    assertEquals(Ramp.constant(10), penalty.weight());
  }

  @Test
  void appliesBetweenRealAndGeneratedExamples() {
    assertEquals(GradientPenalty.Place.INTERPOLATED, penalty.at());
  }
}
