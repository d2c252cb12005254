package io.ddgan.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.contract.NumericalGradient.Place;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.opentest4j.AssertionFailedError;

/**
 * Errors detected by the comparison with differences, for the sum of a square and a scaled cube.
 */
class WrongGradientTest {

  private final INDArray x = Nd4j.createFromArray(1.0, -2.0, 0.5);
  private final INDArray y = Nd4j.createFromArray(0.3, 0.7);

  @Test
  void acceptsCorrectGradientsAndRestoresThePoints() {
    INDArray before = x.dup();
    compare(1, x.mul(2), cube(1));
    compare(1e-5, x.mul(2), cube(1e-5));
    assertEquals(before, x);
  }

  @Test
  void namesTheWrongGradient() {
    assertNames("y", 1, x.mul(2), cube(1).mul(1.001));
    assertNames("x", 1, x.mul(2).addi(1e-3), cube(1));
    assertNames("y", 1e-3, x.mul(2), cube(1e-3).mul(1.1)); // hidden by the other gradient
    assertNames("x", 1, Nd4j.zeros(DataType.DOUBLE, 3), cube(1));
  }

  private INDArray cube(double scale) {
    return y.mul(y).mul(3 * scale);
  }

  private void compare(double scale, INDArray gradientOfX, INDArray gradientOfY) {
    NumericalGradient.compare(
        List.of(new Place("x", x, gradientOfX), new Place("y", y, gradientOfY)),
        () ->
            x.mul(x).sumNumber().doubleValue() + scale * y.mul(y).mul(y).sumNumber().doubleValue());
  }

  private void assertNames(String name, double scale, INDArray gradientOfX, INDArray gradientOfY) {
    AssertionFailedError error =
        assertThrows(AssertionFailedError.class, () -> compare(scale, gradientOfX, gradientOfY));
    assertTrue(error.getMessage().startsWith(name + ": the gradient is "), error::getMessage);
  }
}
