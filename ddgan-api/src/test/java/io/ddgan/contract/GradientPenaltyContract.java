package io.ddgan.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ddgan.api.GradientPenalty;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** What every gradient penalty keeps to. A plug-in tests its own by a subclass that names them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class GradientPenaltyContract {

  private static final double[] GRADIENT = {0.3, -1.2, 0.05, 2.5, 0.01, -0.7};

  /** The penalties that are tested. */
  protected abstract Stream<? extends GradientPenalty> penalties();

  @ParameterizedTest
  @MethodSource("penalties")
  void appliesToTheFirstStepOrNever(GradientPenalty penalty) {
    assertTrue(penalty.every() >= 0);
    assertEquals(penalty.every() > 0, penalty.appliesTo(0));
    assertFalse(penalty.every() > 1 && penalty.appliesTo(1));
  }

  @ParameterizedTest
  @MethodSource("penalties")
  void costsNothingOrMore(GradientPenalty penalty) {
    try (Scalar scalar = scalar(penalty, 2, 3)) {
      assertTrue(scalar.value(GRADIENT) >= 0);
    }
  }

  @ParameterizedTest
  @MethodSource("penalties")
  void hasTheGradientOfItsDifferences(GradientPenalty penalty) {
    try (Scalar scalar = scalar(penalty, 2, 3)) {
      scalar.assertGradientEqualsDifferences(GRADIENT);
    }
  }

  @ParameterizedTest
  @MethodSource("penalties")
  void isFiniteWhereTheGradientVanishes(GradientPenalty penalty) {
    try (Scalar scalar = scalar(penalty, 2, 3)) {
      assertTrue(Double.isFinite(scalar.value(new double[6])));
      assertTrue(DoubleStream.of(scalar.gradient(new double[6])).allMatch(Double::isFinite));
    }
  }

  private static Scalar scalar(GradientPenalty penalty, long... shape) {
    assumeTrue(penalty.every() > 0, "it is never applied");
    return new Scalar(DataType.DOUBLE, penalty::of, shape);
  }
}
