package io.ddgan.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.layers.LayerProbe.Layer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SinusoidalEmbeddingTest {

  private static final Map<String, long[]> INPUTS = Map.of("t", new long[0]);

  private static Layer layer(int size) {
    return (p, in) -> new SinusoidalEmbedding(size).apply(p, in.get("t"));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 7, 10})
  void hasSinesThenCosinesThenAZeroIfOdd(int size) {
    LayerProbe probe = LayerProbe.run(2, INPUTS, layer(size));
    int half = size / 2;
    double[] expected = new double[2 * size];
    for (int n = 0; n < 2; n++) {
      for (int i = 0; i < half; i++) {
        double angle = probe.get("t")[n] * Math.pow(10000, -i / (half - 1.0));
        expected[n * size + i] = Math.sin(angle);
        expected[n * size + half + i] = Math.cos(angle);
      }
    }
    assertArrayEquals(expected, probe.output(), 1e-7);
  }

  @Test
  void refusesFewerThanTwoFrequencies() {
    assertThrows(IllegalArgumentException.class, () -> new SinusoidalEmbedding(3));
  }
}
