package io.ddgan.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.SeparableLoss;
import io.ddgan.contract.Scalar;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/** What the other losses cost for the logits 3, 0.5 and -2, by hand. */
class OtherLossesTest {

  private static final double[] LOGITS = {3, 0.5, -2};

  static Stream<Arguments> losses() {
    return Stream.of(
        Arguments.of(new HingeLoss(), (0 + 0.5 + 3) / 3, (4 + 1.5 + 0) / 3, -(3 + 0.5 - 2) / 3),
        Arguments.of(
            new LeastSquaresLoss(), (4 + 0.25 + 9) / 6, (9 + 0.25 + 4) / 6, (4 + 0.25 + 9) / 6),
        Arguments.of(
            new WassersteinLoss(), -(3 + 0.5 - 2) / 3, (3 + 0.5 - 2) / 3, -(3 + 0.5 - 2) / 3));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void costWhatTheirDefinitionSays(SeparableLoss loss, double real, double fake, double generator) {
    assertEquals(real, value(loss::discriminatorOnReal), 1e-12);
    assertEquals(fake, value(loss::discriminatorOnFake), 1e-12);
    assertEquals(generator, value(loss::generatorLoss), 1e-12);
  }

  private static double value(UnaryOperator<SDVariable> loss) {
    try (Scalar scalar = new Scalar(DataType.DOUBLE, x -> loss.apply(x).mean(), LOGITS.length)) {
      return scalar.value(LOGITS);
    }
  }
}
