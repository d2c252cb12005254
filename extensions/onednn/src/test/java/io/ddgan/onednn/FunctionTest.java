package io.ddgan.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.onednn.elementwise.Function;
import io.ddgan.onednn.runtime.VectorLoops;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FunctionTest {

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

  private static final Map<Function, DoubleBinaryOperator> EXACT =
      Map.ofEntries(
          Map.entry(Function.ABS, (x, y) -> Math.abs(x)),
          Map.entry(Function.ADD, (x, y) -> (float) x + (float) y),
          Map.entry(Function.ADD_CONSTANT, (x, y) -> (float) x + CONSTANT),
          Map.entry(Function.DIVIDE, (x, y) -> (float) x / (float) y),
          Map.entry(Function.MAXIMUM, Math::max),
          Map.entry(Function.MINIMUM, Math::min),
          Map.entry(Function.MULTIPLY, (x, y) -> (float) x * (float) y),
          Map.entry(Function.MULTIPLY_CONSTANT, (x, y) -> (float) x * CONSTANT),
          Map.entry(Function.NEGATIVE, (x, y) -> -x),
          Map.entry(Function.ROOT, (x, y) -> Math.sqrt(x)),
          Map.entry(Function.SQUARE, (x, y) -> (float) x * (float) x),
          Map.entry(Function.STEP, (x, y) -> x > CONSTANT ? 1 : 0),
          Map.entry(Function.SUBTRACT, (x, y) -> (float) x - (float) y),
          Map.entry(Function.TANH, (x, y) -> Math.tanh(x)),
          Map.entry(Function.TANH_GRADIENT, (x, y) -> y * (1 - Math.tanh(x) * Math.tanh(x))),
          Map.entry(
              Function.TANH_GRADIENT_OF_RESULT,
              (x, y) -> (float) y - (float) y * (float) x * (float) x));

  @ParameterizedTest
  @EnumSource
  void isWhatItsNameSays(Function function) {
    int lanes = VectorLoops.LANES.length();
    for (float a : NUMBERS) {
      for (float b : NUMBERS) {
        float[] x = new float[lanes];
        float[] y = new float[lanes];
        Arrays.fill(x, a);
        Arrays.fill(y, b);
        float[] result = Loops.apply(function.loop(), List.of(x, y), CONSTANT, 0);
        float expected = (float) EXACT.get(function).applyAsDouble(a, b);
        boolean isRounded = function == Function.TANH || function == Function.TANH_GRADIENT;
        if (isRounded && Float.isFinite(expected)) {
          double tolerance =
              1e-6 * Math.max(Math.abs(expected), function == Function.TANH ? 1e-9 : Math.abs(b));
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
      float[] result = Loops.apply(Function.TANH.loop(), List.of(x), 0, 0);
      float expected = (float) Math.tanh(v);
      assertEquals(expected, result[0], 5 * Math.ulp(expected), "of " + v);
    }
  }
}
