package io.ddgan.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.layers.LayerProbe.Layer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SoftplusTest {

  private static final Map<String, long[]> INPUTS = Map.of("x", new long[] {20});

  @Test
  void isTheLogarithmOfOnePlusTheExponentialAlsoWhereThatOverflows() {
    for (double factor : new double[] {1, 5000}) {
      LayerProbe probe = LayerProbe.run(2, INPUTS, (p, in) -> Softplus.of(in.get("x").mul(factor)));
      for (int i = 0; i < 40; i++) {
        double x = factor * probe.get("x")[i];
        double expected = x < 700 ? Math.log1p(Math.exp(x)) : x;
        assertEquals(expected, probe.output()[i], 1e-12);
      }
    }
  }

  @Test
  void hasGradients() {
    Layer layer = (p, in) -> Softplus.of(in.get("x"));
    LayerProbe.checkGradients(INPUTS, layer, 20);
  }
}
