package io.ddgan.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ddgan.api.GradientPenalty;
import io.ddgan.api.Ramp;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Tests the contract of gradient penalties. Extend it to test those of a plug-in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class GradientPenaltyContract {

  private static final double[] GRADIENT = {0.3, -1.2, 0.05, 2.5, 0.01, -0.7};

  /** Returns the penalties to test. */
  protected abstract Stream<? extends GradientPenalty> penalties();

  @ParameterizedTest
  @MethodSource("penalties")
  void hasAValidIntervalAndAFiniteWeight(GradientPenalty penalty) {
    assertTrue(penalty.every() >= 0);
    Ramp weight = penalty.weight();
    for (double end : new double[] {weight.from(), weight.to()}) {
      assertTrue(end >= 0 && Double.isFinite(end), weight.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("penalties")
  void isNonNegativeWithCorrectGradientsAndFiniteAtZero(GradientPenalty penalty) {
    assumeTrue(penalty.every() > 0, "never applied");
    try (Scalar scalar = new Scalar(DataType.DOUBLE, penalty::penalty, 2, 3)) {
      assertTrue(scalar.value(GRADIENT) >= 0);
      scalar.assertGradientEqualsDifferences(GRADIENT);
      assertTrue(Double.isFinite(scalar.value(new double[6])));
      assertTrue(DoubleStream.of(scalar.gradient(new double[6])).allMatch(Double::isFinite));
    }
  }
}
