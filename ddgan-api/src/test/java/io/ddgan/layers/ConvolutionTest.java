package io.ddgan.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.RefusedException;
import io.ddgan.layers.LayerProbe.Layer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConvolutionTest {

  private static final int IN = 3;
  private static final int OUT = 2;
  private static final int HEIGHT = 5;
  private static final int WIDTH = 7;
  private static final Map<String, long[]> INPUTS = Map.of("x", new long[] {IN, HEIGHT, WIDTH});

  /** The expected properties of a convolution. */
  record Expected(int kernelHeight, int kernelWidth, int stride, int padHeight, int padWidth) {

    int height() {
      return (HEIGHT + 2 * padHeight - kernelHeight) / stride + 1;
    }

    int width() {
      return (WIDTH + 2 * padWidth - kernelWidth) / stride + 1;
    }
  }

  static Stream<Arguments> convolutions() {
    return Stream.of(
        Arguments.of(Convolution.of(OUT, 3), new Expected(3, 3, 1, 0, 0)),
        Arguments.of(Convolution.of(OUT, 4).stride(2), new Expected(4, 4, 2, 0, 0)),
        Arguments.of(Convolution.of(OUT, 2).stride(3).padding(1), new Expected(2, 2, 3, 1, 1)),
        Arguments.of(Convolution.same(OUT, 3), new Expected(3, 3, 1, 1, 1)),
        Arguments.of(Convolution.same(OUT, 1, 5), new Expected(1, 5, 1, 0, 2)),
        Arguments.of(Convolution.same(OUT, 3, 1).stride(2), new Expected(3, 1, 2, 1, 0)));
  }

  @ParameterizedTest
  @MethodSource("convolutions")
  void computesASumOfProductsWithZeroPadding(Convolution convolution, Expected e) {
    LayerProbe probe = LayerProbe.run(LayerProbe.BATCH, INPUTS, layer(convolution));
    assertEquals(List.of(2L, (long) OUT, (long) e.height(), (long) e.width()), probe.shape());
    assertArrayEquals(
        sums(probe.get("x"), probe.get("weight"), probe.get("bias"), e), probe.output(), 1e-12);
    LayerProbe without =
        LayerProbe.run(2, INPUTS, layer(convolution.bias(Initializers.constant(1)).withoutBias()));
    assertEquals(Set.of("x", "weight"), without.names());
    double[] none = new double[OUT];
    assertArrayEquals(
        sums(without.get("x"), without.get("weight"), none, e), without.output(), 1e-12);
  }

  @Test
  void declaresParametersInPytorchsOrderWithTheirInitialValues() {
    assertEquals(
        List.of("weight [2, 3, 1, 5]", "bias [2]"),
        LayerProbe.parameters(INPUTS, layer(Convolution.same(OUT, 1, 5))));
    Convolution convolution =
        Convolution.of(OUT, 3)
            .weights(Initializers.constant(4))
            .bias(Initializers.constant(5))
            .stride(2)
            .padding(1);
    assertArrayEquals(new float[] {4, 4}, first(convolution, "weight"));
    assertArrayEquals(new float[] {5, 5}, first(convolution, "bias"));
    assertArrayEquals(new float[] {0, 0}, first(Convolution.of(OUT, 3), "bias"));
  }

  private static float[] first(Convolution convolution, String name) {
    float[] values =
        LayerProbe.layout(INPUTS, layer(convolution))
            .entry(name)
            .initializer()
            .values(new long[] {2, 1}, RandomGenerator.getDefault());
    return Arrays.copyOf(values, 2);
  }

  @Test
  void hasGradients() {
    LayerProbe.checkGradients(INPUTS, layer(Convolution.same(OUT, 3)), OUT, HEIGHT, WIDTH);
    LayerProbe.checkGradients(
        INPUTS, layer(Convolution.of(OUT, 3).stride(2).padding(1).withoutBias()), OUT, 3, 4);
  }

  @Test
  void multipliesThePixelsChannelsByATransposedWeight() {
    Layer layer =
        LayerProbe.ofMaps(
            IN, HEIGHT, WIDTH, new PointwiseConvolution(OUT, Initializers.fanAverage(1))::apply);
    assertEquals(List.of("W [3, 2]", "b [2]"), LayerProbe.parameters(INPUTS, layer));
    LayerProbe probe = LayerProbe.run(2, INPUTS, layer);
    double[] stored = probe.get("W");
    double[] weight = new double[stored.length];
    Arrays.setAll(weight, i -> stored[i % IN * OUT + i / IN]);
    assertArrayEquals(
        sums(probe.get("x"), weight, probe.get("b"), new Expected(1, 1, 1, 0, 0)),
        probe.output(),
        1e-12);
    LayerProbe.checkGradients(INPUTS, layer, OUT, HEIGHT, WIDTH);
  }

  @Test
  void refusesEvenSamePaddingKernelsAndTooLargeKernels() {
    assertThrows(RefusedException.class, () -> Convolution.same(1, 4));
    assertThrows(RefusedException.class, () -> Convolution.same(1, 3, 2));
    FeatureMapTest.refuses(
        "a kernel of 6x6 does not fit on maps of 5 pixels with a padding of 0",
        () -> LayerProbe.layout(INPUTS, layer(Convolution.of(1, 6))));
  }

  private static Layer layer(Convolution convolution) {
    return LayerProbe.ofMaps(IN, HEIGHT, WIDTH, convolution::apply);
  }

  private static double[] sums(double[] x, double[] weight, double[] bias, Expected e) {
    DoubleStream.Builder sums = DoubleStream.builder();
    for (int n = 0; n < x.length / (IN * HEIGHT * WIDTH); n++) {
      for (int o = 0; o < OUT; o++) {
        for (int i = 0; i < e.height(); i++) {
          for (int j = 0; j < e.width(); j++) {
            double sum = bias[o];
            for (int c = 0; c < IN; c++) {
              for (int k = 0; k < e.kernelHeight(); k++) {
                for (int l = 0; l < e.kernelWidth(); l++) {
                  int y = i * e.stride() + k - e.padHeight();
                  int z = j * e.stride() + l - e.padWidth();
                  if (y >= 0 && y < HEIGHT && z >= 0 && z < WIDTH) {
                    int w = ((o * IN + c) * e.kernelHeight() + k) * e.kernelWidth() + l;
                    sum += weight[w] * x[((n * IN + c) * HEIGHT + y) * WIDTH + z];
                  }
                }
              }
            }
            sums.add(sum);
          }
        }
      }
    }
    return sums.build().toArray();
  }
}
