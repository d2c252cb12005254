package io.ddgan.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.layers.LayerProbe.Layer;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Group normalisation, with learned parameters and with a style. */
class GroupNormTest {

  private static final int C = 6;
  private static final int H = 2;
  private static final int W = 3;
  private static final int STYLE = 4;
  private static final GroupNorm THREE = new GroupNorm(3);
  private static final Map<String, long[]> INPUTS = Map.of("x", new long[] {C, H, W});
  private static final Map<String, long[]> STYLED =
      Map.of("x", new long[] {C, H, W}, "style", new long[] {STYLE});

  private static final Layer PLAIN = LayerProbe.ofMaps(C, H, W, THREE::apply);

  private static final Layer ADAPTIVE =
      (p, in) ->
          new AdaptiveGroupNorm(THREE, STYLE)
              .apply(p, new FeatureMap(in.get("x"), C, H, W), in.get("style"))
              .value();

  /** Groups of C / groups channels with mean 0 and variance 1. */
  static double[] normalised(double[] x, int examples, int groups) {
    int size = x.length / (examples * groups);
    double[] y = new double[x.length];
    for (int from = 0; from < x.length; from += size) {
      double mean = 0;
      for (int i = from; i < from + size; i++) {
        mean += x[i] / size;
      }
      double variance = 1e-6;
      for (int i = from; i < from + size; i++) {
        variance += (x[i] - mean) * (x[i] - mean) / size;
      }
      for (int i = from; i < from + size; i++) {
        y[i] = (x[i] - mean) / Math.sqrt(variance);
      }
    }
    return y;
  }

  @Test
  void normalisesGroupsAndScalesAndShiftsChannels() {
    LayerProbe probe = LayerProbe.run(2, INPUTS, PLAIN);
    double[] expected = normalised(probe.get("x"), 2, 3);
    for (int i = 0; i < expected.length; i++) {
      int c = i / (H * W) % C;
      expected[i] = expected[i] * probe.get("weight")[c] + probe.get("bias")[c];
    }
    assertArrayEquals(expected, probe.output(), 1e-12);
  }

  @Test
  void scalesAndShiftsByTheStyle() {
    LayerProbe probe = LayerProbe.run(2, STYLED, ADAPTIVE);
    double[] expected = normalised(probe.get("x"), 2, 3);
    for (int i = 0; i < expected.length; i++) {
      int n = i / (C * H * W);
      int c = i / (H * W) % C;
      expected[i] = expected[i] * ofStyle(probe, n, c) + ofStyle(probe, n, C + c);
    }
    assertArrayEquals(expected, probe.output(), 1e-12);
  }

  private static double ofStyle(LayerProbe probe, int n, int row) {
    double sum = probe.get("style.bias")[row];
    for (int i = 0; i < STYLE; i++) {
      sum += probe.get("style.weight")[row * STYLE + i] * probe.get("style")[n * STYLE + i];
    }
    return sum;
  }

  @Test
  void initialisesScalesToOneAndShiftsToZero() {
    RandomGenerator unused = RandomGenerator.getDefault();
    assertEquals(List.of("weight [6]", "bias [6]"), LayerProbe.parameters(INPUTS, PLAIN));
    assertEquals(
        List.of("style.weight [12, 4]", "style.bias [12]"),
        LayerProbe.parameters(STYLED, ADAPTIVE));
    var plain = LayerProbe.layout(INPUTS, PLAIN);
    float[] ones = {1, 1, 1};
    assertArrayEquals(ones, plain.entry("weight").initializer().values(new long[] {3}, unused));
    assertArrayEquals(
        new float[3], plain.entry("bias").initializer().values(new long[] {3}, unused));
    assertArrayEquals(
        new float[] {1, 1, 0, 0},
        LayerProbe.layout(STYLED, ADAPTIVE)
            .entry("style.bias")
            .initializer()
            .values(new long[] {4}, unused));
  }

  @Test
  void hasGroupsOfFourOrMoreChannelsByDefault() {
    assertEquals(1, GroupNorm.of(4).groups());
    assertEquals(32, GroupNorm.of(128).groups());
    assertEquals(32, GroupNorm.of(256).groups());
    for (int channels : new int[] {3, 9, 132}) {
      assertThrows(IllegalArgumentException.class, () -> GroupNorm.of(channels));
    }
    Layer four = LayerProbe.ofMaps(C, H, W, new GroupNorm(4)::normalise);
    FeatureMapTest.refuses(
        "6 channels cannot be normalised in 4 groups", () -> LayerProbe.layout(INPUTS, four));
  }
}
