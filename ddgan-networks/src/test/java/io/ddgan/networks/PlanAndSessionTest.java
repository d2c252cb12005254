package io.ddgan.networks;

import static io.ddgan.networks.PlanAndSession.agreeOn;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.inject.Guice;
import io.ddgan.api.DataShape;
import io.ddgan.api.Discriminator;
import io.ddgan.api.Generator;
import io.ddgan.api.Inputs;
import io.ddgan.api.ParameterScope;
import io.ddgan.internal.graph.ForwardMode;
import io.ddgan.internal.graph.ReverseMode;
import io.ddgan.internal.plugin.ComponentRegistry;
import io.ddgan.internal.plugin.Plugins;
import io.ddgan.networks.PlanAndSession.Result;
import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.RegisteredComponent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/** Whole networks in a compiled plan and in SameDiff's own session, forwards and backwards. */
@Tag("slow")
@Tag("cuda")
class PlanAndSessionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "skip-rescale = false, tanh = false, centered = false",
        "block = biggan-one-adagn, fir = false",
        "block = ddpm, resample-with-conv = false",
        "block = ddpm, resample-with-conv = true",
        "block = ddpm, resample-with-conv = true, fir = false",
        "progressive = output-skip, progressive-input = input-skip",
        "progressive = output-skip, progressive-input = input-skip, progressive-combine = cat",
        "progressive = residual, progressive-input = none",
        "fir-kernel = [1, 2, 3, 4, 5]",
        "embedding = fourier",
        "dropout = 0.5"
      })
  void agreeOnTheUnet(String keys) {
    agreeOnTheUnet(DataType.DOUBLE, keys);
  }

  /** Which tells less, so that two of them stand for all. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "progressive = residual, progressive-input = none, block = ddpm, dropout = 0.5"
      })
  void agreeOnTheUnetInSinglePrecision(String keys) {
    agreeOnTheUnet(DataType.FLOAT, keys);
  }

  private static void agreeOnTheUnet(DataType type, String keys) {
    Generator unet = Configured.unet(Configured.SMALL, "attention-resolutions = [4]", keys);
    DataShape shape = DataShape.image(3, 8, 8);
    agreeOn(type, shape, 2, inputs(unet, shape), (p, in) -> forward(unet, p, in));
  }

  @Test
  void agreeOnTheFullyConnectedGenerator() {
    agree(new MlpGenerator(16, 3, 5, 8, TimeScale.NONE, false), DataShape.point(2), 6);
  }

  /** The session fails on sums over a single element, so that the last maps must be larger. */
  static Stream<Arguments> discriminators() {
    return Stream.of(
        Arguments.of(new SmallDiscriminator(4, 8, 1, false), DataShape.image(3, 16, 16), 8),
        Arguments.of(new LargeDiscriminator(2, 8, 1, false), DataShape.image(3, 64, 128), 2),
        Arguments.of(new MlpDiscriminator(16, 3, 8, false), DataShape.point(2), 6));
  }

  @ParameterizedTest
  @MethodSource("discriminators")
  void agreeOnADiscriminator(Discriminator discriminator, DataShape shape, int batch) {
    agreeOn(
        shape,
        batch,
        Map.of("x", shape, "xt", shape),
        (p, in) -> Result.of(discriminator.forward(p, pair(in))));
  }

  @Test
  void areComparedOnEveryNetwork() {
    assertEquals(Set.of(Ncsnpp.class, MlpGenerator.class), registered(ComponentKind.GENERATOR));
    assertEquals(
        Set.of(SmallDiscriminator.class, LargeDiscriminator.class, MlpDiscriminator.class),
        registered(ComponentKind.DISCRIMINATOR));
  }

  private static Set<Class<?>> registered(ComponentKind kind) {
    try (Plugins plugins = Plugins.load(Optional.empty())) {
      return Guice.createInjector(plugins).getInstance(ComponentRegistry.class).all(kind).stream()
          .map(RegisteredComponent::recordClass)
          .collect(Collectors.toSet());
    }
  }

  private static void agree(Generator generator, DataShape shape, int batch) {
    agreeOn(shape, batch, inputs(generator, shape), (p, in) -> forward(generator, p, in));
  }

  private static Map<String, DataShape> inputs(Generator generator, DataShape shape) {
    return Map.of("x", shape, "z", DataShape.point(generator.latentSize()));
  }

  private static Result forward(Generator generator, ParameterScope p, Map<String, SDVariable> in) {
    return Result.of(
        generator.forward(
            p,
            Inputs.none()
                .with(Inputs.XTP1, in.get("x"))
                .with(Inputs.TIME, in.get("t"))
                .with(Inputs.LATENT, in.get("z"))));
  }

  private static Inputs pair(Map<String, SDVariable> in) {
    return Inputs.none()
        .with(Inputs.XT, in.get("x"))
        .with(Inputs.TIME, in.get("t"))
        .with(Inputs.XTP1, in.get("xt"));
  }

  /**
   * What training differentiates for the penalty: the directional derivative along its gradient.
   */
  @ParameterizedTest
  @MethodSource("discriminators")
  void agreeOnR1OfADiscriminator(Discriminator discriminator, DataShape shape, int batch) {
    agreeOn(
        shape,
        batch,
        Map.of("x", shape, "xt", shape),
        (p, in) -> {
          SDVariable x = in.get("x");
          SDVariable logits = discriminator.forward(p, pair(in));
          SDVariable v =
              new ReverseMode(p.sameDiff()).gradients(logits.sum(), List.of(x), Set.of()).get(x);
          SDVariable derivative =
              new ForwardMode(p.sameDiff(), Map.of()).product(logits, x, v, Set.of());
          return new Result(derivative, Set.of(v));
        });
  }
}
