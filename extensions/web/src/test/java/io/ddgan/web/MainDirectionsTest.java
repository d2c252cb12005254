package io.ddgan.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class MainDirectionsTest {

  private static final int NUMBERS = 6;

  @Test
  void theStrongestDirectionsOfALinearMapAreFoundInTheirOrder() {
    MainDirections directions = ofPairs(4000, MainDirectionsTest::made);
    List<float[]> found = directions.strongest(2, new Random(0));
    double half = Math.sqrt(0.5);
    assertEquals(1, Math.abs(half * found.get(0)[0] + half * found.get(0)[1]), 0.02, "the first");
    assertEquals(1, Math.abs(found.get(1)[2]), 0.02, "the second");
  }

  @Test
  void directionsThatChangeExamplesHaveAnAdvantageOverOthersAndChanceHasNone() {
    MainDirections real = ofPairs(256, MainDirectionsTest::made);
    assertTrue(real.advantage(new Random(0)) > 1.5);
    Random noise = new Random(5);
    MainDirections chance = ofPairs(256, (drawn, sign) -> normal(50, noise));
    assertTrue(chance.advantage(new Random(0)) < 1.5);
  }

  private static MainDirections ofPairs(int count, BiFunction<float[], Integer, float[]> map) {
    Random random = new Random(3);
    MainDirections directions = new MainDirections();
    for (int n = 0; n < count; n++) {
      float[] drawn = normal(NUMBERS, random);
      directions.add(drawn, map.apply(drawn, 1), map.apply(drawn, -1));
    }
    return directions;
  }

  private static float[] normal(int count, Random random) {
    float[] all = new float[count];
    for (int i = 0; i < count; i++) {
      all[i] = (float) random.nextGaussian();
    }
    return all;
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
