package io.ddgan.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.DataShape;
import io.ddgan.layers.LayerProbe.Layer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

class FeatureMapTest {

  private static final Map<String, long[]> INPUTS =
      Map.of("x", new long[] {2, 2, 1}, "y", new long[] {1, 2, 1}, "by", new long[] {2});

  static void refuses(String message, Executable what) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, what).getMessage());
  }

  private static FeatureMap x(Map<String, SDVariable> in) {
    return FeatureMap.of(in.get("x"), DataShape.image(2, 2, 1));
  }

  private static FeatureMap y(Map<String, SDVariable> in) {
    return new FeatureMap(in.get("y"), 1, 2, 1);
  }

  @Test
  void concatenatesChannels() {
    LayerProbe probe =
        LayerProbe.run(
            1,
            INPUTS,
            (p, in) -> {
              FeatureMap all = FeatureMap.concat(x(in), y(in), x(in));
              assertArrayEquals(new long[] {7, 5, 2, 1}, all.shape(7));
              return all.value();
            });
    double[] x = probe.get("x");
    double[] y = probe.get("y");
    assertEquals(List.of(1L, 5L, 2L, 1L), probe.shape());
    assertArrayEquals(
        new double[] {x[0], x[1], x[2], x[3], y[0], y[1], x[0], x[1], x[2], x[3]}, probe.output());
  }

  @Test
  void shiftsChannelsAndAddsResiduals() {
    Layer ofShift = (p, in) -> x(in).shift(p.batch(), in.get("by")).value();
    Layer ofSum = (p, in) -> x(in).residual(x(in).map(v -> v.mul(2)), false).value();
    Layer ofScaled = (p, in) -> x(in).residual(x(in).map(v -> v.mul(2)), true).value();
    LayerProbe shifted = LayerProbe.run(2, INPUTS, ofShift);
    LayerProbe sum = LayerProbe.run(2, INPUTS, ofSum);
    LayerProbe scaled = LayerProbe.run(2, INPUTS, ofScaled);
    for (int i = 0; i < 8; i++) {
      double x = sum.get("x")[i];
      assertEquals(x + shifted.get("by")[i / 2], shifted.output()[i], 1e-15);
      assertEquals(3 * x, sum.output()[i], 1e-12);
      assertEquals(3 * x / Math.sqrt(2), scaled.output()[i], 1e-12);
    }
  }

  @Test
  void refusesMapsOfDifferentSizes() {
    SDVariable any = SameDiff.create().placeHolder("x", DataType.DOUBLE, 1, 1, 1, 1);
    FeatureMap two = new FeatureMap(any, 1, 2, 2);
    refuses(
        "maps of 2x3 cannot be joined with those of 2x2",
        () -> FeatureMap.concat(two, new FeatureMap(any, 1, 2, 3)));
    refuses(
        "maps of 3x2 cannot be joined with those of 2x2",
        () -> FeatureMap.concat(two, new FeatureMap(any, 1, 3, 2)));
  }
}
