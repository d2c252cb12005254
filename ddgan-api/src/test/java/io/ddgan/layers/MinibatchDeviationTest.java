package io.ddgan.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.layers.LayerProbe.Layer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinibatchDeviationTest {

  private static final int C = 2;
  private static final int PIXELS = 6;
  private static final int SIZE = C * PIXELS;
  private static final Map<String, long[]> INPUTS = Map.of("x", new long[] {C, 2, 3});

  private static Layer layer(int group) {
    return LayerProbe.ofMaps(C, 2, 3, new MinibatchDeviation(group)::apply);
  }

  @ParameterizedTest
  @CsvSource({"6, 2", "6, 3", "4, 4", "3, 4", "2, 1"})
  void appendsTheMeanDeviationOfAGroup(int batch, int group) {
    LayerProbe probe = LayerProbe.run(batch, INPUTS, layer(group));
    assertEquals(List.of((long) batch, C + 1L, 2L, 3L), probe.shape());
    double[] x = probe.get("x");
    int groups = Math.max(1, batch / group);
    double[] expected = new double[batch * (SIZE + PIXELS)];
    for (int n = 0; n < batch; n++) {
      System.arraycopy(x, n * SIZE, expected, n * (SIZE + PIXELS), SIZE);
      for (int i = 0; i < PIXELS; i++) {
        expected[n * (SIZE + PIXELS) + SIZE + i] = deviation(x, n % groups, batch, groups);
      }
    }
    assertArrayEquals(expected, probe.output(), 1e-12);
  }

  private static double deviation(double[] x, int first, int batch, int groups) {
    double mean = 0;
    for (int e = 0; e < SIZE; e++) {
      double sum = 0;
      double squares = 0;
      for (int n = first; n < batch; n += groups) {
        sum += x[n * SIZE + e];
        squares += x[n * SIZE + e] * x[n * SIZE + e];
      }
      int count = batch / groups;
      double variance = squares / count - sum / count * sum / count;
      mean += Math.sqrt(variance + 1e-8) / SIZE;
    }
    return mean;
  }

  @Test
  void refusesABatchThatIsNotDivisibleIntoGroups() {
    FeatureMapTest.refuses(
        "this discriminator compares the examples of a batch in groups of 4, so the batch must be a multiple of 4, not 6",
        () -> LayerProbe.run(6, INPUTS, layer(4)));
  }
}
