package io.ddgan.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.AdversarialLoss;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/** What every adversarial loss keeps to. A plug-in tests its own by a subclass that names them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AdversarialLossContract {

  /** Away from whole numbers, where some losses have a kink. */
  private static final double[] LOGITS = {-3.53, -0.21, 0.13, 0.72, 4.16};

  private static final double FAR = 1e4;

  /** The losses that are tested. */
  protected abstract Stream<? extends AdversarialLoss> losses();

  @ParameterizedTest
  @MethodSource("losses")
  void isAMeanOverTheBatch(AdversarialLoss loss) {
    for (UnaryOperator<SDVariable> part : parts(loss)) {
      try (Scalar all = new Scalar(DataType.DOUBLE, part, LOGITS.length);
          Scalar one = new Scalar(DataType.DOUBLE, part, 1)) {
        double mean = DoubleStream.of(LOGITS).map(one::value).average().orElseThrow();
        assertEquals(mean, all.value(LOGITS), 1e-9 * (1 + Math.abs(mean)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void drivesTheLogitsOfRealExamplesUpAndThoseOfFakesDown(AdversarialLoss loss) {
    assertTrue(slope(loss::discriminatorOnReal, 0) < 0);
    assertTrue(slope(loss::discriminatorOnFake, 1) > 0);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void drivesTheGeneratorToWhatTheDiscriminatorTakesForReal(AdversarialLoss loss) {
    assertTrue(slope(loss::generator, 0) < 0);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void hasTheGradientOfItsDifferences(AdversarialLoss loss) {
    for (UnaryOperator<SDVariable> part : parts(loss)) {
      try (Scalar scalar = new Scalar(DataType.DOUBLE, part, LOGITS.length)) {
        scalar.assertGradientEqualsDifferences(LOGITS);
      }
    }
  }

  /** In the precision of training, where exp(89) is infinite. */
  @ParameterizedTest
  @MethodSource("losses")
  void isFiniteForFarLogits(AdversarialLoss loss) {
    for (UnaryOperator<SDVariable> part : parts(loss)) {
      try (Scalar scalar = new Scalar(DataType.FLOAT, part, 2)) {
        assertTrue(Double.isFinite(scalar.value(-FAR, FAR)));
        assertTrue(DoubleStream.of(scalar.gradient(-FAR, FAR)).allMatch(Double::isFinite));
      }
    }
  }

  private static List<UnaryOperator<SDVariable>> parts(AdversarialLoss loss) {
    return List.of(loss::discriminatorOnReal, loss::discriminatorOnFake, loss::generator);
  }

  private static double slope(UnaryOperator<SDVariable> part, double logit) {
    try (Scalar scalar = new Scalar(DataType.DOUBLE, part, 1)) {
      return scalar.gradient(logit)[0];
    }
  }
}
