package io.ddgan.networks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.DataShape;
import io.ddgan.api.ParameterScope;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.Graph;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.layers.FeatureMap;
import io.ddgan.layers.Resampler;
import io.ddgan.random.RandomStreams;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Convolutions that resample, against its definition: zeros in between, padding, one convolution
 * after another.
 */
class ResamplingConvolutionTest {

  private static final int SIZE = 6;
  private static final ResamplingConvolution PLAIN =
      new ResamplingConvolution(Resampler.box(), false);

  private final RandomGenerator random = new RandomStreams(1).stream("resampling");
  private final double[][] image = gaussian(SIZE);
  private final double[][] weights = gaussian(3);

  static Stream<List<Double>> filters() {
    return Stream.of(
        List.of(1.0, 3.0, 3.0, 1.0),
        List.of(1.0, 1.0),
        List.of(1.0, 2.0, 1.0),
        List.of(1.0, 2.0, 3.0, 4.0, 5.0));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void halvingWithAConvolutionFiltersFirst(List<Double> filter) {
    int padding = filter.size();
    double[][] filtered = correlate(pad(image, (padding + 1) / 2, padding / 2), kernel(filter, 1));
    double[][] expected = everySecond(correlate(filtered, weights));
    assertClose(expected, run((p, x) -> filtered(filter).down(p, x, 1)));
  }

  /** The convolution sees the whole image with zeros in between, and the filter comes last. */
  @ParameterizedTest
  @MethodSource("filters")
  void doublingWithAConvolutionFiltersLast(List<Double> filter) {
    double[][] convolved = correlate(pad(withZerosBetween(image), 2, 1), weights);
    int padding = filter.size() - 4;
    double[][] padded =
        pad(convolved, Math.floorDiv(padding + 1, 2) + 1, Math.floorDiv(padding, 2) + 1);
    double[][] expected = correlate(padded, kernel(filter, 4));
    assertClose(expected, run((p, x) -> filtered(filter).up(p, x, 1)));
  }

  @Test
  void withoutAFilterTheHalvingConvolutionPadsAfterAndTheDoublingOneOnBothSides() {
    assertClose(
        everySecond(correlate(pad(image, 0, 1), weights)), run((p, x) -> PLAIN.down(p, x, 1)));
    double[][] repeated = run((p, x) -> Resampler.box().up(p, x));
    assertClose(correlate(pad(repeated, 1, 1), weights), run((p, x) -> PLAIN.up(p, x, 1)));
  }

  private static ResamplingConvolution filtered(List<Double> filter) {
    return new ResamplingConvolution(Resampler.filtered(filter), true);
  }

  private interface Resampling {
    FeatureMap apply(ParameterScope p, FeatureMap x);
  }

  private double[][] run(Resampling resampling) {
    DataShape shape = DataShape.image(1, SIZE, SIZE);
    ParameterLayout layout =
        ParameterLayout.of(
            shape,
            1,
            p -> {
              var x = p.sameDiff().placeHolder("x", DataType.FLOAT, shape.batch(1));
              FeatureMap unused = resampling.apply(p, new FeatureMap(x, 1, SIZE, SIZE));
            });
    Graph graph = new Graph(DataType.DOUBLE, 1, shape);
    FeatureMap x = new FeatureMap(graph.input("x", shape.batch(1)), 1, SIZE, SIZE);
    FeatureMap y = resampling.apply(graph.network("network", layout), x);
    try (ParameterSet set = ParameterSet.zeros(layout, DataType.DOUBLE)) {
      layout.entries().stream()
          .filter(entry -> entry.name().endsWith("weight"))
          .forEach(entry -> set.view(entry.name()).assign(array(weights)));
      try (CompiledPlan plan =
          CompiledPlan.of(graph).parameters("network", set).output("y", y.value()).build()) {
        plan.input("x").assign(array(image));
        plan.run();
        return plan.output("y").reshape(y.height(), y.width()).toDoubleMatrix();
      }
    }
  }

  private static INDArray array(double[][] values) {
    return Nd4j.createFromArray(values).reshape(1, 1, values.length, values.length);
  }

  private double[][] gaussian(int size) {
    return Stream.generate(() -> DoubleStream.generate(random::nextGaussian).limit(size).toArray())
        .limit(size)
        .toArray(double[][]::new);
  }

  private static double[][] pad(double[][] x, int before, int after) {
    int size = x.length + before + after;
    double[][] y = new double[size][size];
    for (int i = Math.max(0, before); i < Math.min(size, x.length + before); i++) {
      for (int j = Math.max(0, before); j < Math.min(size, x.length + before); j++) {
        y[i][j] = x[i - before][j - before];
      }
    }
    return y;
  }

  private static double[][] withZerosBetween(double[][] x) {
    double[][] y = new double[2 * x.length][2 * x.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x.length; j++) {
        y[2 * i][2 * j] = x[i][j];
      }
    }
    return y;
  }

  private static double[][] everySecond(double[][] x) {
    int size = (x.length + 1) / 2;
    double[][] y = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        y[i][j] = x[2 * i][2 * j];
      }
    }
    return y;
  }

  private static double[][] correlate(double[][] x, double[][] kernel) {
    int size = x.length - kernel.length + 1;
    double[][] y = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        for (int k = 0; k < kernel.length; k++) {
          for (int l = 0; l < kernel.length; l++) {
            y[i][j] += kernel[k][l] * x[i + k][j + l];
          }
        }
      }
    }
    return y;
  }

  /** The filter in two dimensions and mirrored, because filtering is a convolution. */
  private static double[][] kernel(List<Double> filter, double gain) {
    int size = filter.size();
    double sum = filter.stream().mapToDouble(Double::doubleValue).sum();
    double[][] kernel = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        kernel[size - 1 - i][size - 1 - j] = gain * filter.get(i) * filter.get(j) / (sum * sum);
      }
    }
    return kernel;
  }

  private static void assertClose(double[][] expected, double[][] actual) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(expected[i], actual[i], 1e-6, Arrays.toString(actual[i]));
    }
  }
}
