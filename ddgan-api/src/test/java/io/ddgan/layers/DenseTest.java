package io.ddgan.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.layers.LayerProbe.Layer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DenseTest {

  private static final Map<String, long[]> INPUTS = Map.of("x", new long[] {3});

  private static Layer layer(Dense dense) {
    return (p, in) -> dense.apply(p, in.get("x"));
  }

  @Test
  void multipliesByTheWeightAndAddsTheOptionalBias() {
    LayerProbe probe = LayerProbe.run(2, INPUTS, layer(Dense.of(3, 4)));
    assertEquals(List.of(2L, 4L), probe.shape());
    assertArrayEquals(products(probe, probe.get("bias")), probe.output(), 1e-12);
    LayerProbe without = LayerProbe.run(2, INPUTS, layer(Dense.of(3, 4).withoutBias()));
    assertEquals(Set.of("x", "weight"), without.names());
    assertArrayEquals(products(without, new double[4]), without.output(), 1e-12);
  }

  private static double[] products(LayerProbe probe, double[] bias) {
    double[] y = new double[2 * 4];
    for (int n = 0; n < 2; n++) {
      for (int o = 0; o < 4; o++) {
        y[n * 4 + o] = bias[o];
        for (int i = 0; i < 3; i++) {
          y[n * 4 + o] += probe.get("weight")[o * 3 + i] * probe.get("x")[n * 3 + i];
        }
      }
    }
    return y;
  }

  @Test
  void declaresTheSameParametersWithoutUse() {
    List<String> parameters = List.of("weight [4, 3]", "bias [4]");
    Dense dense = Dense.of(3, 4);
    assertEquals(parameters, LayerProbe.parameters(INPUTS, layer(dense)));
    assertEquals(
        parameters,
        LayerProbe.parameters(
            INPUTS,
            (p, in) -> {
              dense.declare(p);
              return in.get("x");
            }));
  }
}
