package io.ddgan.losses;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.GradientPenalty.Place;
import io.ddgan.api.Ramp;
import io.ddgan.contract.Scalar;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class R1PenaltyTest {

  private final R1Penalty r1 = new R1Penalty(Ramp.cosine(0.6, 0.1), 15, Place.GENERATED);

  @Test
  void isHalfTheMeanSquaredLengthOfTheGradients() {
    try (Scalar penalty = new Scalar(DataType.DOUBLE, r1::penalty, 2, 2)) {
      assertEquals((25 + 1) / 4.0, penalty.value(3, 4, 0, -1), 1e-12);
      assertArrayEquals(new double[] {1.5, 2, 0, -0.5}, penalty.gradient(3, 4, 0, -1), 1e-12);
    }
  }

  @Test
  void isMultipliedByGamma() {
    assertEquals(r1.gamma(), r1.weight());
  }

  @Test
  void appliesWhereItIsTold() {
    assertEquals(Place.GENERATED, r1.at());
  }
}
