package io.ddgan.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.Ramp.Shape;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RampTest {

  @ParameterizedTest(name = "from {0} to {1} over {2}, {3}: {6} in step {4} of {5}")
  @CsvSource({
    "2, 10, 8, LINEAR, 0, 100, 2",
    "2, 10, 8, LINEAR, 1, 100, 3",
    "2, 10, 8, LINEAR, 4, 100, 6",
    "2, 10, 8, LINEAR, 8, 100, 10",
    "2, 10, 8, LINEAR, 99, 100, 10",
    "10, 2, 12, COSINE, 0, 100, 10",
    "10, 2, 12, COSINE, 2, 100, 9.464101615137754",
    "10, 2, 12, COSINE, 4, 100, 8",
    "10, 2, 12, COSINE, 6, 100, 6",
    "10, 2, 12, COSINE, 12, 100, 2",
    "10, 2, 12, COSINE, 50, 100, 2",
    "1, 0, , COSINE, 20, 60, 0.75",
    "1, 0, , COSINE, 60, 60, 0",
    "1, 0, , LINEAR, 5, 10, 0.5",
    "0, 1, 20, LINEAR, 10, 10, 0.5",
    "1, 0, 1, COSINE, 0, 100, 1",
    "1, 0, 1, COSINE, 1, 100, 0"
  })
  void changesAndThenStaysConstant(
      double from, double to, Long over, Shape shape, long step, long total, double expected) {
    Ramp ramp = new Ramp(from, to, Optional.ofNullable(over), shape);
    assertEquals(expected, ramp.at(step, total), 1e-12);
  }

  @Test
  void keepsAConstantExactly() {
    Ramp ramp = Ramp.constant(0.1);
    assertTrue(ramp.isConstant());
    assertEquals(0.1, ramp.at(0, 7));
    assertEquals(0.1, ramp.at(3, 7));
    assertFalse(Ramp.cosine(0.1, 0).isConstant());
  }

  @ParameterizedTest
  @CsvSource({"0, 0, true", "0, 1, false", "1, 0, false", "1, 1, false"})
  void isZeroIfBothEndsAreZero(double from, double to, boolean isZero) {
    assertEquals(isZero, new Ramp(from, to, Optional.empty(), Shape.LINEAR).isZero());
  }

  @Test
  void refusesAConstantWithDifferentEnds() {
    RefusedException e =
        assertThrows(
            RefusedException.class, () -> new Ramp(0.5, 2, Optional.empty(), Shape.CONSTANT));
    assertTrue(e.getMessage().contains("0.5 and 2.0"), e.getMessage());
  }
}
