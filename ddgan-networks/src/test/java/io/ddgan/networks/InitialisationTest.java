package io.ddgan.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.Discriminator;
import io.ddgan.api.Generator;
import io.ddgan.api.Inputs;
import io.ddgan.api.ParameterScope;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.random.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The first values of the networks: weights uniform with a variance of {@code scale / fanAverage},
 * where the scale depends on the layer, and everything else constant.
 */
class InitialisationTest {

  /** Layers that begin silent: the last of each residual branch and of the network. */
  private static final double SILENT = 1e-10;

  private static final DataShape SHAPE = DataShape.image(3, 32, 32);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "block = biggan-one-adagn, progressive-input = input-skip",
        "block = ddpm, progressive = residual"
      })
  void ofTheGeneratorFollowsTheReference(String keys) {
    Generator generator =
        Configured.unet(
            "base-channels = 16, residual-blocks = 1, channel-multipliers = [1, 2]",
            "attention-resolutions = [16]",
            keys);
    ParameterLayout layout = layout(generator);
    check(layout, name -> generatorScale(name, lastConvolution(layout)));
  }

  static Stream<Arguments> discriminators() {
    DataShape large = DataShape.image(3, 64, 64);
    return Stream.of(
        Arguments.of(new SmallDiscriminator(8, 16, 0, false), SHAPE, 0),
        Arguments.of(new SmallDiscriminator(8, 16, 1, false), SHAPE, 1),
        Arguments.of(new LargeDiscriminator(4, 16, 0, false), large, 0));
  }

  @ParameterizedTest
  @MethodSource("discriminators")
  void ofTheDiscriminatorFollowsTheReference(
      Discriminator discriminator, DataShape shape, double residualScale) {
    ParameterLayout layout =
        ParameterLayout.of(
            shape,
            1,
            p ->
                discriminator.forward(
                    p,
                    Inputs.none()
                        .with(Inputs.XT, placeHolder(p, "x", shape.batch(1)))
                        .with(Inputs.TIME, placeHolder(p, "t", 1))
                        .with(Inputs.XTP1, placeHolder(p, "xt", shape.batch(1)))));
    check(
        layout,
        name ->
            name.contains(".conv2.") || name.startsWith("final_conv")
                ? Math.max(residualScale, SILENT)
                : 1);
  }

  @Test
  void ofFourierFeaturesIsNormalWithTheGivenDeviation() {
    Generator generator =
        Configured.unet(
            "embedding = fourier, fourier-scale = 3, base-channels = 2048, channel-multipliers = [1]",
            "residual-blocks = 1, attention-resolutions = []");
    ParameterLayout layout = layout(generator);
    ParameterLayout.Entry frequencies = layout.entry("all_modules.0.W");
    float[] values =
        frequencies
            .initializer()
            .values(new long[] {2048}, new RandomStreams(5).stream("frequencies"));
    double variance = 0;
    long within = 0;
    for (float value : values) {
      variance += value * value / values.length;
      within += Math.abs(value) < 3 ? 1 : 0;
    }
    assertEquals(3, Math.sqrt(variance), 0.15);
    assertEquals(0.683, within / 2048.0, 0.03);
  }

  private static ParameterLayout layout(Generator generator) {
    return ParameterLayout.of(
        SHAPE,
        1,
        p ->
            generator.forward(
                p,
                Inputs.none()
                    .with(Inputs.XTP1, placeHolder(p, "x", SHAPE.batch(1)))
                    .with(Inputs.TIME, placeHolder(p, "t", 1))
                    .with(Inputs.LATENT, placeHolder(p, "z", 1, generator.latentSize()))));
  }

  private static SDVariable placeHolder(ParameterScope p, String name, long... shape) {
    return p.sameDiff().placeHolder(name, p.dataType(), shape);
  }

  private interface Scale {
    double of(String name);
  }

  private static String lastConvolution(ParameterLayout layout) {
    return layout.entries().stream()
        .map(ParameterLayout.Entry::name)
        .filter(name -> name.matches("all_modules\\.\\d+\\.weight"))
        .reduce("", (a, b) -> b);
  }

  private static double generatorScale(String name, String lastConvolution) {
    boolean inAttention = name.matches(".*NIN_[123]\\.W");
    if (name.endsWith("Conv_1.weight")
        || name.endsWith("NIN_3.W")
        || name.equals(lastConvolution)) {
      return SILENT;
    }
    return inAttention || name.endsWith("NIN_0.W") ? 0.1 : 1;
  }

  private static void check(ParameterLayout layout, Scale scale) {
    List<Double> uniform = new ArrayList<>();
    try (ParameterSet set =
        ParameterSet.initialised(layout, DataType.FLOAT, "network", new RandomStreams(3))) {
      for (ParameterLayout.Entry entry : layout.entries()) {
        float[] values = set.view(entry.name()).dup('c').data().asFloat();
        if (entry.shape().size() > 1) {
          double bound = bound(entry.shape(), scale.of(entry.name()));
          for (float value : values) {
            uniform.add(value / bound);
          }
          assertUniformVariance(entry.name(), values, bound);
        } else {
          assertConstant(entry.name(), values);
        }
      }
    }
    assertUniform(uniform);
  }

  private static double bound(List<Long> shape, double scale) {
    double fan = (shape.get(0) + shape.get(1)) / 2.0;
    for (long kernel : shape.subList(2, shape.size())) {
      fan *= kernel;
    }
    return Math.sqrt(3 * scale / fan);
  }

  private static void assertUniformVariance(String name, float[] values, double bound) {
    double variance = 0;
    for (float value : values) {
      assertTrue(Math.abs(value) <= bound * (1 + 1e-6), name);
      variance += (double) value * value / values.length;
    }
    // The relative deviation of a uniform variable's mean square is sqrt(4/5) / sqrt(n).
    double allowed = 5 * Math.sqrt(0.8 / values.length);
    assertEquals(1, variance / (bound * bound / 3), allowed, name);
  }

  /** Kolmogorov and Smirnov's statistic of all weights together, at a level of 0.001. */
  private static void assertUniform(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double distance = 0;
    for (int i = 0; i < sorted.length; i++) {
      double expected = (sorted[i] + 1) / 2;
      distance = Math.max(distance, Math.abs(expected - (i + 0.5) / sorted.length));
    }
    assertTrue(distance < 1.95 / Math.sqrt(sorted.length), "distance " + distance);
  }

  private static void assertConstant(String name, float[] values) {
    float[] expected = new float[values.length];
    if (name.endsWith(".style.bias")) {
      Arrays.fill(expected, 0, values.length / 2, 1f);
    } else if (name.endsWith("weight")) { // of a group norm
      Arrays.fill(expected, 1f);
    }
    assertTrue(Arrays.equals(expected, values), name);
  }
}
