package io.ddgan.networks;

import static io.ddgan.contract.NumericalGradient.check;

import io.ddgan.api.DataShape;
import io.ddgan.api.Generator;
import io.ddgan.api.Inputs;
import io.ddgan.api.ParameterScope;
import io.ddgan.contract.NumericalGradient;
import io.ddgan.contract.NumericalGradient.Objective;
import io.ddgan.layers.FeatureMap;
import io.ddgan.layers.Resampler;
import io.ddgan.networks.ResidualBlock.Resolution;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;

/** Blocks and kinds of U-Nets, differentiated by parameters and inputs. */
@Tag("slow")
class NumericalGradientTest {

  private static final int BATCH = 2;
  private static final int CHANNELS = 8;
  private static final int HEIGHT = 4;
  private static final int WIDTH = 6;
  private static final DataShape IMAGE = DataShape.image(CHANNELS, HEIGHT, WIDTH);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofAConvolutionThatChangesTheResolution(boolean isFiltered) {
    var convolution = new ResamplingConvolution(Resampler.binomial(), isFiltered);
    ofMaps((p, x) -> weighted(p, convolution.down(p, x, 3)));
    ofMaps((p, x) -> weighted(p, convolution.up(p, x, 3)));
  }

  @ParameterizedTest
  @EnumSource
  void ofAResidualBlock(Resolution resolution) {
    ofResidualBlock(resolution, 12);
  }

  @Test
  void ofAResidualBlockWithoutAConvolutionInItsSkip() {
    ofResidualBlock(Resolution.SAME, CHANNELS);
  }

  private static void ofResidualBlock(Resolution resolution, int out) {
    Ncsnpp config = Configured.unet(Configured.SMALL);
    check(
        IMAGE,
        BATCH,
        Map.of("x", dimensions(IMAGE), "time", new long[] {3}, "style", new long[] {5}),
        (p, in) -> {
          var conditioning = new Conditioning(Optional.of(in.get("time")), 3, in.get("style"), 5);
          var blocks = new ResidualBlock(config, config.resampler(), conditioning);
          return weighted(p, blocks.apply(p, maps(in), out, resolution));
        });
  }

  /**
   * Kinds whose gradients {@link GoldenGeneratorTest} has no recordings of; those of the Fourier
   * embedding are without the gradient by the time.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "skip-rescale = false, tanh = false, centered = false",
        "block = biggan-one-adagn, fir = false",
        "block = ddpm, resample-with-conv = true",
        "block = ddpm, resample-with-conv = true, fir = false",
        "progressive = output-skip, progressive-input = input-skip, progressive-combine = cat",
        "progressive = residual, fir = false, skip-rescale = false",
        "fir-kernel = [1, 2, 1]",
        "fir-kernel = [1, 2, 3, 4, 5], progressive = residual",
        "embedding = fourier",
        "dropout = 0.5"
      })
  void ofTheUnet(String keys) {
    of(
        Configured.unet(
            Configured.SMALL, "attention-resolutions = [4], latent-size = 5, style-size = 6", keys),
        DataShape.image(3, 8, 8),
        BATCH);
  }

  private static void ofMaps(BiFunction<ParameterScope, FeatureMap, Objective> layer) {
    check(IMAGE, BATCH, Map.of("x", dimensions(IMAGE)), (p, in) -> layer.apply(p, maps(in)));
  }

  private static void of(Generator generator, DataShape shape, int batch) {
    check(
        shape,
        batch,
        Map.of("x", dimensions(shape), "t", new long[0], "z", new long[] {generator.latentSize()}),
        (p, in) ->
            weighted(
                p,
                generator.forward(
                    p,
                    Inputs.none()
                        .with(Inputs.XTP1, in.get("x"))
                        .with(Inputs.TIME, in.get("t"))
                        .with(Inputs.LATENT, in.get("z"))),
                dimensions(shape)));
  }

  private static Objective weighted(ParameterScope p, FeatureMap output) {
    return weighted(p, output.value(), output.channels(), output.height(), output.width());
  }

  private static Objective weighted(ParameterScope p, SDVariable output, long... shape) {
    return NumericalGradient.weighted(p, output, shape);
  }

  private static FeatureMap maps(Map<String, SDVariable> inputs) {
    return new FeatureMap(inputs.get("x"), CHANNELS, HEIGHT, WIDTH);
  }

  private static long[] dimensions(DataShape shape) {
    return shape.dimensions().stream().mapToLong(Integer::longValue).toArray();
  }
}
