package io.ddgan.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;

/** Silu and softplus, also where exponentials overflow. */
class ActivationTest {

  private static final Map<String, long[]> INPUTS = Map.of("x", new long[] {20});

  static Stream<Arguments> activations() {
    UnaryOperator<SDVariable> silu = Silu::of;
    UnaryOperator<SDVariable> softplus = Softplus::of;
    DoubleUnaryOperator ofSilu = x -> x / (1 + Math.exp(-x));
    DoubleUnaryOperator ofSoftplus = x -> x < 700 ? Math.log1p(Math.exp(x)) : x;
    return Stream.of(Arguments.of(silu, ofSilu), Arguments.of(softplus, ofSoftplus));
  }

  @ParameterizedTest
  @MethodSource("activations")
  void computesItsFormulaWithGradients(
      UnaryOperator<SDVariable> layer, DoubleUnaryOperator formula) {
    for (double factor : new double[] {1, 5000}) {
      LayerProbe probe = LayerProbe.run(2, INPUTS, (p, in) -> layer.apply(in.get("x").mul(factor)));
      for (int i = 0; i < 40; i++) {
        double expected = formula.applyAsDouble(factor * probe.get("x")[i]);
        assertEquals(expected, probe.output()[i], 1e-12);
      }
    }
    LayerProbe.checkGradients(INPUTS, (p, in) -> layer.apply(in.get("x")), 20);
  }
}
