package io.ddgan.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdaptiveValueTest {

  private static final double EXACT = 1e-12;

  /** Karras et al. (2020): from 0 to 1 within 500,000 images, here in moves of 4 times 64. */
  @Test
  void movesInProportionToTheExamples() {
    AdaptiveValue number =
        new AdaptiveValue(0.6, Optional.empty(), 0, 1, 500_000, 4, "overfitting");
    assertEquals(0.3 + 256.0 / 500_000, number.updated(0.3, 0.61, 256), EXACT);
    assertEquals(0.3 - 256.0 / 500_000, number.updated(0.3, 0.59, 256), EXACT);
    assertEquals(0.3, number.updated(0.3, 0.6, 256), EXACT);
  }

  @Test
  void staysInItsRangeAndStartsAtTheMinimumByDefault() {
    AdaptiveValue number = new AdaptiveValue(0, Optional.of(7.0), 5, 25, 100, 1, "overfitting");
    assertEquals(7, number.initialValue(), EXACT);
    assertEquals(9, number.updated(7, 1, 10), EXACT);
    assertEquals(25, number.updated(24, 1, 10), EXACT);
    assertEquals(5, number.updated(6, -1, 10), EXACT);
    assertEquals(5, number.clamped(-3), EXACT);
    assertEquals(25, number.clamped(1e9), EXACT);
    assertEquals(5, new AdaptiveValue(0, Optional.empty(), 5, 25, 1, 1, "a").initialValue(), EXACT);
  }
}
