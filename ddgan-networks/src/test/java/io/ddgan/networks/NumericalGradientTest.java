package io.ddgan.networks;

import static io.ddgan.contract.NumericalGradient.check;

import io.ddgan.api.DataShape;
import io.ddgan.api.Generator;
import io.ddgan.api.Inputs;
import io.ddgan.api.ParameterScope;
import io.ddgan.contract.NumericalGradient;
import io.ddgan.contract.NumericalGradient.Objective;
import io.ddgan.networks.ResidualBlock.Resolution;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;

/** Every layer and every kind of U-Net, differentiated by parameters and inputs. */
@Tag("slow")
class NumericalGradientTest {

  private static final int BATCH = 2;
  private static final int CHANNELS = 8;
  private static final int HEIGHT = 4;
  private static final int WIDTH = 6;
  private static final DataShape POINT = DataShape.point(2);
  private static final DataShape IMAGE = DataShape.image(CHANNELS, HEIGHT, WIDTH);

  @Test
  void ofALinearLayer() {
    ofVectors((p, x) -> weighted(p, Layers.linear(p, x, 5, 3), 3));
  }

  @Test
  void ofAPerceptron() {
    ofVectors((p, x) -> weighted(p, Layers.perceptron(p, x, 5, 7, 2, 3), 3));
  }

  @Test
  void ofSilu() {
    ofVectors((p, x) -> weighted(p, Layers.silu(p, x), 5));
  }

  @Test
  void ofLeakyRelu() {
    ofVectors((p, x) -> weighted(p, Layers.leakyRelu(p, x), 5));
  }

  @Test
  void ofTheTimeEmbedding() {
    check(
        POINT,
        BATCH,
        Map.of("t", new long[0]),
        (p, in) -> weighted(p, Layers.timeEmbedding(p, in.get("t"), 6), 6));
  }

  @Test
  void ofAConvolution() {
    ofMaps((p, x) -> weighted(p, Layers.convolution(p, x, 3, 3, Initializers.zeros())));
  }

  @Test
  void ofAStridedConvolutionWithoutBias() {
    ofMaps(
        (p, x) ->
            weighted(p, Layers.convolution(p, x, 3, 3, 2, 1, Initializers.zeros()).withoutBias()));
  }

  @Test
  void ofAChannelMap() {
    ofMaps((p, x) -> weighted(p, Layers.channelMap(p, x, 3, 1)));
  }

  @Test
  void ofAShift() {
    check(
        IMAGE,
        BATCH,
        Map.of("x", dimensions(IMAGE), "by", new long[] {CHANNELS}),
        (p, in) -> weighted(p, Layers.shift(p, maps(in), in.get("by"))));
  }

  @Test
  void ofNormalisation() {
    ofMaps((p, x) -> weighted(p, Layers.normalise(p, x)));
  }

  @Test
  void ofGroupNorm() {
    ofMaps((p, x) -> weighted(p, Layers.groupNorm(p, x)));
  }

  @Test
  void ofAdaptiveGroupNorm() {
    check(
        IMAGE,
        BATCH,
        Map.of("x", dimensions(IMAGE), "style", new long[] {5}),
        (p, in) -> weighted(p, Layers.adaptiveGroupNorm(p, maps(in), in.get("style"), 5)));
  }

  @Test
  void ofHalvingTheResolution() {
    ofResampling((p, x, resampler) -> resampler.down(p, x));
  }

  @Test
  void ofDoublingTheResolution() {
    ofResampling((p, x, resampler) -> resampler.up(p, x));
  }

  @Test
  void ofHalvingTheResolutionWithAConvolution() {
    ofResampling((p, x, resampler) -> resampler.downConvolution(p, x, 3));
  }

  @Test
  void ofDoublingTheResolutionWithAConvolution() {
    ofResampling((p, x, resampler) -> resampler.upConvolution(p, x, 3));
  }

  private interface Resampling {
    FeatureMap apply(ParameterScope p, FeatureMap x, Resampler resampler);
  }

  private static void ofResampling(Resampling resampling) {
    for (Resampler resampler : List.of(Resampler.binomial(), Resampler.plain())) {
      ofMaps((p, x) -> weighted(p, resampling.apply(p, x, resampler)));
    }
  }

  @Test
  void ofAnAttentionBlock() {
    ofMaps((p, x) -> weighted(p, AttentionBlock.apply(p, x, true)));
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "skip-rescale = false, tanh = false, centered = false",
        "block = biggan-one-adagn, fir = false",
        "block = ddpm, resample-with-conv = false",
        "block = ddpm, resample-with-conv = true",
        "block = ddpm, resample-with-conv = true, fir = false",
        "progressive = output-skip, progressive-input = input-skip",
        "progressive = output-skip, progressive-input = input-skip, progressive-combine = cat",
        "progressive = residual, progressive-input = none",
        "progressive = residual, fir = false, skip-rescale = false",
        "fir-kernel = [1, 2, 1]",
        "fir-kernel = [1, 2, 3, 4, 5], progressive = residual",
        "conditional = false",
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

  private static void ofVectors(BiFunction<ParameterScope, SDVariable, Objective> layer) {
    check(POINT, BATCH, Map.of("x", new long[] {5}), (p, in) -> layer.apply(p, in.get("x")));
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
                        .with(Inputs.NOISIER, in.get("x"))
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
