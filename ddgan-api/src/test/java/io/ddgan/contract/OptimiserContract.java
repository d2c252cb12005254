package io.ddgan.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.KebabCase;
import io.ddgan.api.Optimiser;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the contract of optimisers. Extend it to test those of a plug-in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class OptimiserContract {

  private static final double RATE = 1e-3;

  /** Returns the optimisers to test. */
  protected abstract Stream<? extends Optimiser> optimisers();

  @ParameterizedTest
  @MethodSource("optimisers")
  void namesItsStateUniquelyInKebabCase(Optimiser optimiser) {
    assertEquals(optimiser.stateNames().size(), Set.copyOf(optimiser.stateNames()).size());
    optimiser.stateNames().forEach(name -> assertTrue(KebabCase.matches(name), name));
  }

  @ParameterizedTest
  @MethodSource("optimisers")
  void decreasesAQuadraticExceptAtARateOfZero(Optimiser optimiser) {
    try (Descent descent = new Descent(optimiser, 1)) {
      double first = descent.loss();
      descent.step(RATE);
      double second = descent.loss();
      assertTrue(second < first, "from %s to %s by the first update".formatted(first, second));
      descent.steps(50, RATE);
      double last = descent.loss();
      assertTrue(last < second, "from %s to %s by fifty others".formatted(second, last));
      float[] before = descent.weights();
      descent.steps(3, 0);
      assertArrayEquals(before, descent.weights(), "a rate of 0");
    }
  }

  /** Weight decay may shrink the weights. */
  @ParameterizedTest
  @MethodSource("optimisers")
  void zeroGradientsMoveWeightsOnlyTowardsZero(Optimiser optimiser) {
    try (Descent descent = new Descent(optimiser, 0)) {
      float[] before = descent.weights();
      descent.steps(5, RATE);
      float[] after = descent.weights();
      for (int i = 0; i < before.length; i++) {
        assertTrue(
            Float.isFinite(after[i])
                && after[i] * before[i] >= 0
                && Math.abs(after[i]) <= Math.abs(before[i]),
            "from %s to %s".formatted(before[i], after[i]));
      }
    }
  }

  /** Other state would be lost when a training is resumed. */
  @ParameterizedTest
  @MethodSource("optimisers")
  void resumesEquallyFromItsState(Optimiser optimiser) {
    try (Descent whole = new Descent(optimiser, 1);
        Descent other = new Descent(optimiser, -0.3);
        Descent resumed = new Descent(optimiser, 1)) {
      whole.steps(5, RATE);
      resumed.takeOver(whole);
      other.steps(7, 10 * RATE);
      resumed.steps(4, RATE);
      other.steps(2, RATE);
      whole.steps(4, RATE);
      assertSame(whole, resumed);
    }
  }

  /** The networks of an objective share the record. */
  @ParameterizedTest
  @MethodSource("optimisers")
  void updatesNetworksIndependently(Optimiser optimiser) {
    try (Descent alone = new Descent(optimiser, 1);
        Descent inTurn = new Descent(optimiser, 1);
        Descent other = new Descent(optimiser, -0.3)) {
      alone.steps(5, RATE);
      for (int i = 0; i < 5; i++) {
        other.step(10 * RATE);
        inTurn.step(RATE);
      }
      assertSame(alone, inTurn);
    }
  }

  private static void assertSame(Descent expected, Descent actual) {
    assertArrayEquals(expected.weights(), actual.weights(), "weights");
    expected
        .kept()
        .forEach((name, values) -> assertArrayEquals(values, actual.kept().get(name), name));
  }
}
