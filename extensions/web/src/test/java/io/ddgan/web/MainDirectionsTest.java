package io.ddgan.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MainDirectionsTest {

  private static final int NUMBERS = 6;

  @Test
  void theStrongestDirectionsOfALinearMapAreFoundInTheirOrder() {
    Random random = new Random(3);
    MainDirections directions = new MainDirections();
    for (int n = 0; n < 4000; n++) {
      float[] drawn = new float[NUMBERS];
      for (int i = 0; i < NUMBERS; i++) {
        drawn[i] = (float) random.nextGaussian();
      }
      float[] one = made(drawn, 1);
      directions.add(drawn, one, made(drawn, -1));
    }
    List<float[]> found = directions.strongest(2, new Random(0));
    double half = Math.sqrt(0.5);
    assertEquals(1, Math.abs(half * found.get(0)[0] + half * found.get(0)[1]), 0.02, "the first");
    assertEquals(1, Math.abs(found.get(1)[2]), 0.02, "the second");
  }

  @Test
  void theyAreFiniteAlsoWhereNumbersChangeNothing() {
    MainDirections directions = new MainDirections();
    directions.add(new float[] {1, 2}, new float[] {3}, new float[] {3});
    for (float[] direction : directions.strongest(3, new Random(0))) {
      for (float number : direction) {
        assertTrue(Float.isFinite(number));
      }
    }
  }

  /** Three pixels: one follows two of the numbers together, one a third, one is always there. */
  private static float[] made(float[] drawn, int sign) {
    return new float[] {sign * 3 * (drawn[0] + drawn[1]), sign * 2 * drawn[2], 7};
  }
}
