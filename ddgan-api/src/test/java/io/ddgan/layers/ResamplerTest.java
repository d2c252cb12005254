package io.ddgan.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.layers.LayerProbe.MapLayer;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares resampling with its definition: inserted zeros, padding and a convolution. */
class ResamplerTest {

  private static final int C = 2;
  private static final int H = 4;
  private static final int W = 6;
  private static final Map<String, long[]> INPUTS = Map.of("x", new long[] {C, H, W});

  static Stream<List<Double>> filters() {
    return Stream.of(
        List.of(1.0, 3.0, 3.0, 1.0),
        List.of(1.0, 1.0),
        List.of(1.0, 2.0, 1.0),
        List.of(3.0),
        List.of(1.0, 2.0, 3.0, 4.0, 5.0));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void halvesDoublesAndResamplesFreely(List<Double> filter) {
    int taps = filter.size();
    Resampler resampler = Resampler.filtered(filter);
    int height = (3 * H + 3 - taps) / 2 + 1;
    int width = (3 * W + 3 - taps) / 2 + 1;
    check(resampler::down, filter, 1, 2, (taps - 1) / 2, 2, 3);
    check(resampler::up, filter, 2, 1, (taps + 1) / 2, 8, 12);
    check((p, x) -> resampler.upfirdn(p, x, 3, 2, 4, -1), filter, 3, 2, 4, height, width);
  }

  private static void check(
      MapLayer layer, List<Double> filter, int up, int down, int before, int height, int width) {
    LayerProbe probe = run(layer);
    assertEquals(List.of(2L, 2L, (long) height, (long) width), probe.shape());
    double[] expected = sums(probe.get("x"), filter, up, down, before, height, width);
    assertArrayEquals(expected, probe.output(), 1e-12);
  }

  @Test
  void boxAveragesPixelsAndTheBinomialFilterHasFourTaps() {
    LayerProbe halved = run(Resampler.box()::down);
    double[] x = halved.get("x");
    double[] repeated = run(Resampler.box()::up).output();
    assertEquals((x[14] + x[15] + x[20] + x[21]) / 4, halved.output()[4], 1e-12);
    for (int i : new int[] {8, 9, 20, 21}) {
      assertEquals(x[4], repeated[i], 1e-12);
    }
    assertEquals(4, Resampler.binomial().taps());
    assertArrayEquals(
        run(Resampler.filtered(List.of(1.0, 3.0, 3.0, 1.0))::down).output(),
        run(Resampler.binomial()::down).output());
  }

  @Test
  void hasGradients() {
    LayerProbe.checkGradients(INPUTS, layer(Resampler.binomial()::down), C, H / 2, W / 2);
    LayerProbe.checkGradients(INPUTS, layer(Resampler.binomial()::up), C, 2 * H, 2 * W);
  }

  @Test
  void refusesEmptyResults() {
    assertThrows(IllegalArgumentException.class, () -> Resampler.filtered(List.of()));
    assertThrows(IllegalArgumentException.class, () -> Resampler.filtered(List.of(1.0, -1.0)));
    assertThrows(
        IllegalArgumentException.class, () -> Resampler.filtered(List.of(1.0, Double.NaN)));
    Resampler box = Resampler.box();
    assertThrows(
        IllegalArgumentException.class, () -> run((p, x) -> box.upfirdn(p, x, 1, 1, -3, 0)));
    FeatureMapTest.refuses(
        "maps of 1 pixels are too small to be resampled",
        () ->
            LayerProbe.run(
                1, Map.of("x", new long[] {1, 1, 1}), LayerProbe.ofMaps(1, 1, 1, box::down)));
  }

  private static LayerProbe.Layer layer(MapLayer resampling) {
    return LayerProbe.ofMaps(C, H, W, resampling);
  }

  private static LayerProbe run(MapLayer resampling) {
    return LayerProbe.run(2, INPUTS, layer(resampling));
  }

  private static double[] sums(
      double[] x, List<Double> filter, int up, int down, int before, int height, int width) {
    DoubleStream.Builder y = DoubleStream.builder();
    for (int map = 0; map < x.length / (H * W); map++) {
      for (int i = 0; i < height; i++) {
        for (int j = 0; j < width; j++) {
          double sum = 0;
          for (int k = 0; k < H; k++) {
            for (int l = 0; l < W; l++) {
              sum +=
                  up
                      * tap(filter, k * up - i * down + before)
                      * up
                      * tap(filter, l * up - j * down + before)
                      * x[(map * H + k) * W + l];
            }
          }
          y.add(sum);
        }
      }
    }
    return y.build().toArray();
  }

  /** An element of the mirrored filter, because filtering is a convolution, scaled to the sum 1. */
  private static double tap(List<Double> filter, int k) {
    int mirrored = filter.size() - 1 - k;
    return k < 0 || mirrored < 0
        ? 0
        : filter.get(mirrored) / filter.stream().mapToDouble(Double::doubleValue).sum();
  }
}
