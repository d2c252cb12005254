package io.ddgan.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.Ramp.Shape;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RampTest {

  private static final double EXACT = 1e-12;

  @Test
  void goesAlongAStraightLineAndThenStays() {
    Ramp ramp = new Ramp(2, 10, Optional.of(8L), Shape.LINEAR);
    assertEquals(2, ramp.at(0, 100), EXACT);
    assertEquals(3, ramp.at(1, 100), EXACT);
    assertEquals(6, ramp.at(4, 100), EXACT);
    assertEquals(10, ramp.at(8, 100), EXACT);
    assertEquals(10, ramp.at(99, 100), EXACT);
  }

  @Test
  void goesAlongHalfACosineAndThenStays() {
    Ramp ramp = new Ramp(10, 2, Optional.of(12L), Shape.COSINE);
    assertEquals(10, ramp.at(0, 100), EXACT);
    assertEquals(2 + 8 * (2 + Math.sqrt(3)) / 4, ramp.at(2, 100), EXACT);
    assertEquals(8, ramp.at(4, 100), EXACT);
    assertEquals(6, ramp.at(6, 100), EXACT);
    assertEquals(4, ramp.at(8, 100), EXACT);
    assertEquals(2, ramp.at(12, 100), EXACT);
    assertEquals(2, ramp.at(50, 100), EXACT);
  }

  @Test
  void takesTheWholeTrainingIfItDoesNotSayHowLong() {
    Ramp ramp = Ramp.cosine(1, 0);
    assertEquals(1, ramp.at(0, 60), EXACT);
    assertEquals(0.75, ramp.at(20, 60), EXACT);
    assertEquals(0.5, ramp.at(30, 60), EXACT);
    assertEquals(0, ramp.at(60, 60), EXACT);
    assertEquals(0.5, new Ramp(1, 0, Optional.empty(), Shape.LINEAR).at(5, 10), EXACT);
  }

  @Test
  void canBeLongerThanTheTraining() {
    assertEquals(0.5, new Ramp(0, 1, Optional.of(20L), Shape.LINEAR).at(10, 10), EXACT);
  }

  @Test
  void ofOneStepIsAtItsEndInTheSecondStep() {
    Ramp ramp = new Ramp(1, 0, Optional.of(1L), Shape.COSINE);
    assertEquals(1, ramp.at(0, 100), EXACT);
    assertEquals(0, ramp.at(1, 100), EXACT);
  }

  @Test
  void ofAConstantIsThatExactly() {
    Ramp ramp = Ramp.constant(0.1);
    assertTrue(ramp.isConstant());
    assertEquals(0.1, ramp.at(0, 7));
    assertEquals(0.1, ramp.at(3, 7));
    assertFalse(Ramp.cosine(0.1, 0).isConstant());
  }
}
