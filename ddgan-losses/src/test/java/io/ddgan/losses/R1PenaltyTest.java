package io.ddgan.losses;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.contract.Scalar;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class R1PenaltyTest {

  @Test
  void isHalfOfGammaTimesTheMeanSquaredLengthOfTheGradients() {
    try (Scalar penalty = new Scalar(DataType.DOUBLE, new R1Penalty(0.6, 15)::of, 2, 2)) {
      assertEquals(0.3 * (25 + 1) / 2, penalty.value(3, 4, 0, -1), 1e-12);
      assertArrayEquals(new double[] {0.9, 1.2, 0, -0.3}, penalty.gradient(3, 4, 0, -1), 1e-12);
    }
  }
}
