package io.ddgan.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.onednn.elementwise.ElementwiseOp;
import io.ddgan.onednn.runtime.VectorLoops;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ElementwiseOpTest {

  private static final float CONSTANT = 0.3f;

  private static final float[] NUMBERS = {
    0f,
    -0f,
    1f,
    -1f,
    0.3f,
    1e-6f,
    -1e-6f,
    0.5f,
    -0.7f,
    3f,
    -5f,
    8.5f,
    -20f,
    1e30f,
    -1e30f,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN
  };

  private static final Map<ElementwiseOp, DoubleBinaryOperator> EXACT =
      Map.ofEntries(
          Map.entry(ElementwiseOp.ABS, (x, y) -> Math.abs(x)),
          Map.entry(ElementwiseOp.ADD, (x, y) -> (float) x + (float) y),
          Map.entry(ElementwiseOp.ADD_CONSTANT, (x, y) -> (float) x + CONSTANT),
          Map.entry(ElementwiseOp.DIVIDE, (x, y) -> (float) x / (float) y),
          Map.entry(ElementwiseOp.MAXIMUM, Math::max),
          Map.entry(ElementwiseOp.MINIMUM, Math::min),
          Map.entry(ElementwiseOp.MULTIPLY, (x, y) -> (float) x * (float) y),
          Map.entry(ElementwiseOp.MULTIPLY_CONSTANT, (x, y) -> (float) x * CONSTANT),
          Map.entry(ElementwiseOp.NEGATIVE, (x, y) -> -x),
          Map.entry(ElementwiseOp.ROOT, (x, y) -> Math.sqrt(x)),
          Map.entry(ElementwiseOp.SQUARE, (x, y) -> (float) x * (float) x),
          Map.entry(ElementwiseOp.STEP, (x, y) -> x > CONSTANT ? 1 : 0),
          Map.entry(ElementwiseOp.SUBTRACT, (x, y) -> (float) x - (float) y),
          Map.entry(ElementwiseOp.TANH, (x, y) -> Math.tanh(x)),
          Map.entry(ElementwiseOp.TANH_GRADIENT, (x, y) -> y * (1 - Math.tanh(x) * Math.tanh(x))),
          Map.entry(
              ElementwiseOp.TANH_GRADIENT_OF_RESULT,
              (x, y) -> (float) y - (float) y * (float) x * (float) x));

  @ParameterizedTest
  @EnumSource
  void isWhatItsNameSays(ElementwiseOp function) {
    int lanes = VectorLoops.LANES.length();
    for (float a : NUMBERS) {
      for (float b : NUMBERS) {
        float[] x = new float[lanes];
        float[] y = new float[lanes];
        Arrays.fill(x, a);
        Arrays.fill(y, b);
        float[] result = Loops.apply(function.loop(), List.of(x, y), CONSTANT, 0);
        float expected = (float) EXACT.get(function).applyAsDouble(a, b);
        boolean isRounded =
            function == ElementwiseOp.TANH || function == ElementwiseOp.TANH_GRADIENT;
        if (isRounded && Float.isFinite(expected)) {
          double tolerance =
              1e-6
                  * Math.max(
                      Math.abs(expected), function == ElementwiseOp.TANH ? 1e-9 : Math.abs(b));
          assertEquals(
              expected,
              result[0],
              Math.max(tolerance, Float.MIN_VALUE),
              function + " of " + a + " and " + b);
        } else if (!isRounded) {
          assertEquals(expected, result[0], function + " of " + a + " and " + b);
        }
        assertEquals(result[0], result[lanes - 1]);
      }
    }
  }

  @Test
  void theTangentIsRightToAFewUnitsInTheLastPlace() {
    int lanes = VectorLoops.LANES.length();
    float[] x = new float[lanes];
    for (float v = -12; v < 12; v += 0.00137f) {
      Arrays.fill(x, v);
      float[] result = Loops.apply(ElementwiseOp.TANH.loop(), List.of(x), 0, 0);
      float expected = (float) Math.tanh(v);
      assertEquals(expected, result[0], 5 * Math.ulp(expected), "of " + v);
    }
  }
}
