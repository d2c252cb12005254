package io.ddgan.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.DataShape;
import io.ddgan.api.ParameterScope;
import io.ddgan.engine.Engine;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.Graph;
import io.ddgan.internal.graph.ReverseMode;
import io.ddgan.layers.AdaptiveGroupNorm;
import io.ddgan.layers.Convolution;
import io.ddgan.layers.Dense;
import io.ddgan.layers.FeatureMap;
import io.ddgan.layers.GroupNorm;
import io.ddgan.layers.Initializers;
import io.ddgan.layers.MinibatchDeviation;
import io.ddgan.layers.PointwiseConvolution;
import io.ddgan.layers.Resampler;
import io.ddgan.layers.SelfAttention;
import io.ddgan.layers.Silu;
import io.ddgan.onednn.Comparison.Network;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Layers, and all of their gradients, on ND4J and on oneDNN. */
@Tag("slow")
class EnginesAgreeTest {

  /** As a share of the largest number. Transforms of large tiles round more than direct sums. */
  private static final double TOLERANCE = 3e-5;

  private static final double TOLERANCE_OF_DIRECT_SUMS = 4e-6;

  private static final Conv2DConfig SAME =
      Conv2DConfig.builder()
          .kH(3)
          .kW(3)
          .sH(1)
          .sW(1)
          .pH(1)
          .pW(1)
          .dH(1)
          .dW(1)
          .dataFormat("NCHW")
          .weightsFormat(WeightsFormat.OIYX)
          .build();

  private static final INDArray SINES = Transforms.sin(Nd4j.linspace(0, 99, 16 * 8).reshape(16, 8));

  private static Convolution conv(int out) {
    return Convolution.same(out, 3);
  }

  static Stream<Arguments> networks() {
    Network silu = (p, x) -> conv(16).apply(p.child("a"), x).map(Silu::of).value();
    Network twice = (p, x) -> conv(32).apply(p.child("b"), conv(16).apply(p.child("a"), x)).value();
    return Stream.of(
        network("a convolution", (p, x) -> conv(5).apply(p.child("a"), x).value()),
        network("one without bias", (p, x) -> conv(5).withoutBias().apply(p.child("a"), x).value()),
        network(
            "a strided one",
            (p, x) -> Convolution.of(16, 3).stride(2).padding(1).apply(p.child("a"), x).value()),
        network(
            "a kernel of 5x1", (p, x) -> Convolution.same(4, 5, 1).apply(p.child("a"), x).value()),
        network("many channels", twice),
        network(
            "channels of which some fill no vector",
            (p, x) -> conv(40).apply(p.child("b"), conv(24).apply(p.child("a"), x)).value()),
        network("an activation", silu),
        network(
            "a pointwise convolution",
            (p, x) ->
                new PointwiseConvolution(7, Initializers.fanAverage(1))
                    .apply(p.child("b"), conv(16).apply(p.child("a"), x))
                    .value()),
        network(
            "a norm",
            (p, x) ->
                GroupNorm.of(16).apply(p.child("b"), conv(16).apply(p.child("a"), x)).value()),
        network(
            "a norm of single channels",
            (p, x) ->
                new GroupNorm(6)
                    .apply(p.child("b"), conv(6).withoutBias().apply(p.child("a"), x))
                    .value()),
        network(
            "an adaptive norm",
            (p, x) -> {
              SDVariable flat = x.value().reshape(p.batch(), -1);
              SDVariable style = Dense.of(6 * 16 * 16, 8).apply(p.child("s"), flat);
              return new AdaptiveGroupNorm(GroupNorm.of(16), 8)
                  .apply(p.child("b"), conv(16).apply(p.child("a"), x), style)
                  .map(Silu::of)
                  .value();
            }),
        network(
            "a residual block",
            (p, x) -> {
              FeatureMap y = conv(16).apply(p.child("a"), x);
              return y.residual(conv(16).apply(p.child("b"), y), true).value();
            }),
        network(
            "a shift of channels",
            (p, x) -> {
              SDVariable flat = x.value().reshape(p.batch(), -1);
              SDVariable shift = Dense.of(6 * 16 * 16, 16).apply(p.child("s"), flat);
              return conv(16).apply(p.child("a"), x).shift(p.batch(), shift).value();
            }),
        network(
            "concatenated maps",
            (p, x) ->
                conv(16)
                    .apply(p.child("b"), FeatureMap.concat(conv(10).apply(p.child("a"), x), x))
                    .value()),
        network(
            "halved maps",
            (p, x) ->
                conv(16)
                    .apply(
                        p.child("b"), Resampler.binomial().down(p, conv(16).apply(p.child("a"), x)))
                    .value()),
        network(
            "doubled maps",
            (p, x) ->
                Resampler.binomial().up(p, conv(16).apply(p.child("a"), x)).map(Silu::of).value()),
        network(
            "constants whose columns lie together",
            (p, x) -> {
              SDVariable rows = conv(16).apply(p.child("a"), x).value().reshape(-1, 16);
              SDVariable few = p.sameDiff().constant(Nd4j.eye(16).dup('f').putScalar(0, 3, 0.5));
              SDVariable dense = p.sameDiff().constant(SINES.dup('f'));
              return rows.mmul(few).mmul(dense).add(dense.mean());
            }),
        network("maps doubled at once", (p, x) -> Resampler.box().up(p, x).value()),
        network(
            "attention",
            (p, x) ->
                new SelfAttention(true)
                    .apply(p.child("b"), conv(16).apply(p.child("a"), x))
                    .value()),
        network(
            "a leaky activation",
            (p, x) -> p.sameDiff().nn().leakyRelu(conv(16).apply(p.child("a"), x).value(), 0.2)),
        network(
            "a comparison of examples",
            (p, x) -> new MinibatchDeviation(2).apply(p, conv(16).apply(p.child("a"), x)).value()),
        network(
            "a product that is added to itself",
            (p, x) -> {
              SDVariable y = conv(16).apply(p.child("a"), x).value();
              SDVariable product = y.mul(conv(16).apply(p.child("b"), x).value());
              return product.add(product);
            }),
        network(
            "ranges of each dimension, and a transposed matrix",
            (p, x) -> {
              SDVariable y = conv(16).apply(p.child("a"), x).value();
              SDVariable channels = range(p, y, 3, 0, 0, p.batch(), 7, 16, 16);
              SDVariable rows = range(p, channels, 0, 5, 0, p.batch(), 7, 6, 16);
              SDVariable columns = range(p, rows, 0, 0, 9, p.batch(), 7, 6, 5);
              SDVariable corner = range(p, y, 1, 2, 3, p.batch(), 15, 14, 13);
              SDVariable matrix = columns.reshape(p.batch() * 7, 30).permute(1, 0);
              return matrix.mul(corner.mean()).reshape(p.batch(), 7, 6, 5);
            }),
        network(
            "operations that no kernel knows",
            (p, x) -> {
              SDVariable y = conv(16).apply(p.child("a"), x).value();
              SDVariable sorted = p.sameDiff().math().cosh(y.permute(0, 2, 1, 3));
              return conv(16).apply(p.child("b"), new FeatureMap(sorted, 16, 16, 16)).value();
            }),
        network(
            "sums over pixels, channels and examples",
            (p, x) -> {
              SDVariable y = conv(16).apply(p.child("a"), x).value();
              return y.mul(y.mean(true, 2, 3))
                  .add(y.sum(true, 0, 2, 3))
                  .sub(y.mean(true, 1))
                  .mul(y.mean(true, 1, 2, 3));
            }));
  }

  private static SDVariable range(
      ParameterScope p, SDVariable x, int channel, int row, int column, int... size) {
    return p.sameDiff().slice(x, new int[] {0, channel, row, column}, size);
  }

  private static Arguments network(String name, Network network) {
    return Arguments.of(name, network);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void inOutputsAndAllGradients(String name, Network network) {
    for (int batch : new int[] {1, 5}) {
      int examples = name.contains("comparison") ? 2 * batch : batch;
      Comparison comparison = new Comparison(DataShape.image(6, 16, 16), examples, network);
      Map<String, float[]> expected = comparison.on(Engine.nd4j());
      for (boolean form : new boolean[] {true, false}) {
        assertClose(expected, comparison.on(Tested.engine(form, 2)));
      }
    }
  }

  /**
   * Few tiles or pixels and many weights, also of channels that fill no vector. Convolutions come
   * after the one number of channels or the other in turn, which differs between maps.
   */
  @ParameterizedTest(name = "{2} of {0}x{1}")
  @CsvSource({"8, 8, 3, 0", "4, 12, 6, 1", "4, 4, 1, 1", "4, 4, 17, 0", "2, 3, 4, 1"})
  void onSmallMapsWithManyWeights(int height, int width, int examples, int turn) {
    List<Convolution> second =
        List.of(
            conv(181),
            conv(160).withoutBias(),
            Convolution.of(192, 3).stride(2).padding(1),
            Convolution.same(150, 1, 5));
    for (int i = 0; i < second.size(); i++) {
      Convolution convolution = second.get(i);
      int channels = (i + turn) % 2 == 0 ? 176 : 179;
      Comparison comparison =
          new Comparison(
              DataShape.image(6, height, width),
              examples,
              (p, x) ->
                  convolution
                      .apply(p.child("b"), conv(channels).apply(p.child("a"), x))
                      .value()
                      .mul(0.05)); // or the loss makes much of how large sums are rounded
      Map<String, float[]> expected = comparison.on(Engine.nd4j());
      for (boolean form : new boolean[] {true, false}) {
        assertClose(expected, comparison.on(Tested.engine(form, 2)));
      }
    }
  }

  @Test
  void directConvolutionsRoundAsNd4jsDo() {
    Comparison comparison =
        new Comparison(
            DataShape.image(32, 16, 16),
            4,
            (p, x) -> conv(48).apply(p.child("a"), x).value().mul(0.05));
    assertClose(
        comparison.on(Engine.nd4j()),
        comparison.on(Tested.engine(false, 2)),
        TOLERANCE_OF_DIRECT_SUMS);
  }

  /** A number for a whole group of channels, as itself and as maps. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 16})
  void onWhatReadsTheGradientOfMeans(int groups) {
    assertClose(
        gradientOfMeans(groups, Engine.nd4j()), gradientOfMeans(groups, Tested.engine(true, 2)));
  }

  private static Map<String, float[]> gradientOfMeans(int groups, Engine engine) {
    DataShape shape = DataShape.image(16, 8, 8);
    Graph graph = new Graph(DataType.FLOAT, 2, shape);
    SameDiff sd = graph.sameDiff();
    SDVariable x = graph.input("x", shape.batch(2));
    SDVariable w = graph.input("w", 16, 16, 3, 3);
    SDVariable y = sd.cnn().conv2d(x, w, SAME);
    SDVariable means = y.reshape(2 * groups, 16 / groups * 64).mean(true, 1);
    SDVariable sum = sd.math().sin(means).sum();
    SDVariable g = new ReverseMode(sd).gradients(sum, List.of(y), Set.of()).get(y);
    SDVariable convolved = sd.cnn().conv2d(g, w, SAME);
    try (CompiledPlan plan =
        CompiledPlan.of(graph)
            .on(engine)
            .output("exp", convolved.add(sd.math().exp(g)))
            .output("sigmoid", convolved.add(sd.nn().sigmoid(g)))
            .output("product", y.mul(g))
            .output("itself", g)
            .build()) {
      plan.input("x").assign(Nd4j.linspace(-1, 1, 2 * 1024).reshape(2, 16, 8, 8));
      plan.input("w").assign(Transforms.sin(Nd4j.linspace(0, 99, 16 * 144).reshape(16, 16, 3, 3)));
      plan.run();
      Map<String, float[]> outputs = new LinkedHashMap<>();
      for (String name : List.of("exp", "sigmoid", "product", "itself")) {
        outputs.put(name, plan.output(name).dup('c').ravel().toFloatVector());
      }
      return outputs;
    }
  }

  @Test
  void onTheRefusalOfMatricesOfDifferentTypes() {
    Comparison comparison =
        new Comparison(
            DataShape.image(6, 16, 16),
            4,
            (p, x) ->
                conv(16)
                    .apply(p.child("a"), x)
                    .value()
                    .reshape(-1, 16)
                    .mmul(p.sameDiff().constant(Nd4j.eye(16).castTo(DataType.DOUBLE))));
    Engine fast = Tested.engine(true, 2);
    assertEquals(
        assertThrows(RuntimeException.class, () -> comparison.on(Engine.nd4j())).getMessage(),
        assertThrows(RuntimeException.class, () -> comparison.on(fast)).getMessage());
  }

  private static void assertClose(Map<String, float[]> expected, Map<String, float[]> actual) {
    assertClose(expected, actual, TOLERANCE);
  }

  private static void assertClose(
      Map<String, float[]> expected, Map<String, float[]> actual, double tolerance) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (name, values) -> {
          float largest = 1; // some gradients are 0 but for rounding
          for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
          }
          assertArrayEquals(values, actual.get(name), (float) (tolerance * largest), name);
        });
  }
}
