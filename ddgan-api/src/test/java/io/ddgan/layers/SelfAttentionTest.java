package io.ddgan.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.layers.LayerProbe.Layer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelfAttentionTest {

  private static final int C = 8;
  private static final int PIXELS = 6;
  private static final Map<String, long[]> INPUTS = Map.of("x", new long[] {C, 2, 3});

  private static Layer layer(boolean rescale) {
    return LayerProbe.ofMaps(C, 2, 3, new SelfAttention(rescale)::apply);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void mixesPixelsByTheSoftmaxOfScalarProducts(boolean rescale) {
    LayerProbe probe = LayerProbe.run(2, INPUTS, layer(rescale));
    double[] normal = GroupNormTest.normalised(probe.get("x"), 2, 2);
    for (int i = 0; i < normal.length; i++) {
      int c = i / PIXELS % C;
      normal[i] = normal[i] * probe.get("GroupNorm_0.weight")[c] + probe.get("GroupNorm_0.bias")[c];
    }
    double[] expected = new double[normal.length];
    for (int n = 0; n < 2; n++) {
      double[][] query = project(probe, "NIN_0", example(normal, n));
      double[][] key = project(probe, "NIN_1", example(normal, n));
      double[][] value = project(probe, "NIN_2", example(normal, n));
      double[][] mixed = project(probe, "NIN_3", mix(query, key, value));
      for (int i = 0; i < C * PIXELS; i++) {
        double sum = probe.get("x")[n * C * PIXELS + i] + mixed[i % PIXELS][i / PIXELS];
        expected[n * C * PIXELS + i] = rescale ? sum / Math.sqrt(2) : sum;
      }
    }
    assertArrayEquals(expected, probe.output(), 1e-10);
  }

  /** The channels of each pixel of an example. */
  private static double[][] example(double[] x, int n) {
    double[][] pixels = new double[PIXELS][C];
    for (int i = 0; i < C * PIXELS; i++) {
      pixels[i % PIXELS][i / PIXELS] = x[n * C * PIXELS + i];
    }
    return pixels;
  }

  private static double[][] project(LayerProbe probe, String name, double[][] pixels) {
    double[][] y = new double[PIXELS][C];
    for (int i = 0; i < PIXELS; i++) {
      for (int o = 0; o < C; o++) {
        y[i][o] = probe.get(name + ".b")[o];
        for (int c = 0; c < C; c++) {
          y[i][o] += probe.get(name + ".W")[c * C + o] * pixels[i][c];
        }
      }
    }
    return y;
  }

  private static double[][] mix(double[][] query, double[][] key, double[][] value) {
    double[][] y = new double[PIXELS][C];
    for (int i = 0; i < PIXELS; i++) {
      double[] weights = new double[PIXELS];
      double sum = 0;
      for (int j = 0; j < PIXELS; j++) {
        double product = 0;
        for (int c = 0; c < C; c++) {
          product += query[i][c] * key[j][c];
        }
        weights[j] = Math.exp(product / Math.sqrt(C));
        sum += weights[j];
      }
      for (int j = 0; j < PIXELS; j++) {
        for (int c = 0; c < C; c++) {
          y[i][c] += weights[j] / sum * value[j][c];
        }
      }
    }
    return y;
  }

  @Test
  void hasTheParametersOfTheReference() {
    assertEquals(
        "GroupNorm_0.weight [8], GroupNorm_0.bias [8], NIN_0.W [8, 8], NIN_0.b [8], "
            + "NIN_1.W [8, 8], NIN_1.b [8], NIN_2.W [8, 8], NIN_2.b [8], NIN_3.W [8, 8], NIN_3.b [8]",
        String.join(", ", LayerProbe.parameters(INPUTS, layer(true))));
  }
}
