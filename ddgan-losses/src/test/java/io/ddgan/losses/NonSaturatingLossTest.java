package io.ddgan.losses;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.contract.Scalar;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

class NonSaturatingLossTest {

  private static final NonSaturatingLoss LOSS = new NonSaturatingLoss();

  /** softplus(-ln 3) = ln(4/3), softplus(ln 3) = ln 4, softplus(0) = ln 2. */
  private static final double LN3 = Math.log(3);

  @Test
  void realLogitsCostTheMeanSoftplusOfTheirNegative() {
    assertEquals((Math.log(4 / 3.0) + Math.log(2)) / 2, value(LOSS::discriminatorOnReal), 1e-12);
  }

  @Test
  void fakeLogitsCostTheMeanSoftplus() {
    assertEquals((Math.log(4) + Math.log(2)) / 2, value(LOSS::discriminatorOnFake), 1e-12);
  }

  @Test
  void theGeneratorPaysForFakesAsTheDiscriminatorDoesForRealExamples() {
    assertEquals((Math.log(4 / 3.0) + Math.log(2)) / 2, value(LOSS::generatorLoss), 1e-12);
  }

  @Test
  void farLogitsNeitherOverflowNorLoseTheirGradient() {
    assertFar(LOSS::discriminatorOnReal, -1);
    assertFar(LOSS::discriminatorOnFake, 1);
    assertFar(LOSS::generatorLoss, -1);
  }

  private static double value(UnaryOperator<SDVariable> loss) {
    try (Scalar scalar = new Scalar(DataType.DOUBLE, x -> loss.apply(x).mean(), 2)) {
      return scalar.value(LN3, 0);
    }
  }

  /** In the precision of training: one logit costs 100 and the other nothing. */
  private static void assertFar(UnaryOperator<SDVariable> loss, int sign) {
    try (Scalar scalar = new Scalar(DataType.FLOAT, x -> loss.apply(x).mean(), 2)) {
      double[] logits = {100 * sign, -100 * sign};
      assertEquals(50, scalar.value(logits), 1e-6);
      assertArrayEquals(new double[] {0.5 * sign, 0}, scalar.gradient(logits), 1e-7);
    }
  }
}
