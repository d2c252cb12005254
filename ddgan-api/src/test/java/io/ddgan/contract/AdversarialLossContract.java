package io.ddgan.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.AdversarialLoss;
import java.util.Arrays;
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
    for (Part part : Part.all(loss)) {
      try (Scalar all = part.scalar(DataType.DOUBLE, LOGITS.length);
          Scalar one = part.scalar(DataType.DOUBLE, 1)) {
        double mean = DoubleStream.of(LOGITS).map(one::value).average().orElseThrow();
        assertEquals(
            mean,
            all.value(LOGITS),
            1e-9 * (1 + Math.abs(mean)),
            () -> "mean of %s over a batch".formatted(part.name()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void drivesTheLogitsOfRealExamplesUpAndThoseOfFakesDown(AdversarialLoss loss) {
    assertSlope(Part.real(loss), 0, -1);
    assertSlope(Part.fake(loss), 1, 1);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void drivesTheGeneratorToWhatTheDiscriminatorTakesForReal(AdversarialLoss loss) {
    assertSlope(Part.generator(loss), 0, -1);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void hasTheGradientOfItsDifferences(AdversarialLoss loss) {
    for (Part part : Part.all(loss)) {
      try (Scalar scalar = part.scalar(DataType.DOUBLE, LOGITS.length)) {
        scalar.assertGradientEqualsDifferences(LOGITS);
      }
    }
  }

  /** In the precision of training, where exp(89) is infinite. */
  @ParameterizedTest
  @MethodSource("losses")
  void isFiniteForFarLogits(AdversarialLoss loss) {
    for (Part part : Part.all(loss)) {
      try (Scalar scalar = part.scalar(DataType.FLOAT, 2)) {
        double value = scalar.value(-FAR, FAR);
        double[] gradient = scalar.gradient(-FAR, FAR);
        assertTrue(
            Double.isFinite(value) && DoubleStream.of(gradient).allMatch(Double::isFinite),
            () ->
                "%s is %s with the gradient %s at the logits %s and %s in single precision"
                    .formatted(part.name(), value, Arrays.toString(gradient), -FAR, FAR));
      }
    }
  }

  private static void assertSlope(Part part, double logit, int sign) {
    try (Scalar scalar = part.scalar(DataType.DOUBLE, 1)) {
      double slope = scalar.gradient(logit)[0];
      assertTrue(
          sign * slope > 0,
          () ->
              "the slope of %s at the logit %s is %s, but must be %s 0"
                  .formatted(part.name(), logit, slope, sign > 0 ? "above" : "below"));
    }
  }

  /**
   * One of the three losses that make a game.
   *
   * @param name what it is called in messages
   */
  private record Part(String name, UnaryOperator<SDVariable> function) {

    static Part real(AdversarialLoss loss) {
      return new Part("discriminatorOnReal of " + loss, loss::discriminatorOnReal);
    }

    static Part fake(AdversarialLoss loss) {
      return new Part("discriminatorOnFake of " + loss, loss::discriminatorOnFake);
    }

    static Part generator(AdversarialLoss loss) {
      return new Part("generator of " + loss, loss::generator);
    }

    static List<Part> all(AdversarialLoss loss) {
      return List.of(real(loss), fake(loss), generator(loss));
    }

    Scalar scalar(DataType type, long batch) {
      return new Scalar(type, function, batch);
    }
  }
}
