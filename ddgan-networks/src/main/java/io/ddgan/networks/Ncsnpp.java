package io.ddgan.networks;

import io.ddgan.api.DataShape;
import io.ddgan.api.Generator;
import io.ddgan.api.Inputs;
import io.ddgan.api.ParameterScope;
import io.ddgan.api.RefusedException;
import io.ddgan.config.Key;
import io.ddgan.layers.Resampler;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The NCSN++ U-Net (Song et al., 2021) with a latent variable that scales and shifts every group
 * norm (Xiao et al., 2022, appendix C). By default it has BigGAN's residual blocks with filtered
 * resampling, a residual pyramid of the input, attention at some resolutions and in the middle, and
 * tanh at the end.
 *
 * <p>It has many keys, so create it from a configuration: {@code generator { type = ncsnpp, ... }}.
 */
public record Ncsnpp(
    @Key(value = "channels at full resolution", min = 4) int baseChannels,
    @Key(
            value = "multiple of base-channels at each resolution, from full resolution downwards",
            min = 1)
        List<Integer> channelMultipliers,
    @Key(value = "number of residual blocks at each resolution", min = 1) int residualBlocks,
    @Key(value = "heights in pixels with attention after each residual block", min = 1)
        List<Integer> attentionResolutions,
    @Key(value = "length of the latent vector z", min = 1) int latentSize,
    @Key(value = "length of the style vector", min = 1) int styleSize,
    @Key(value = "number of layers of the mapping from z to the style, after the first", min = 0)
        int mappingLayers,
    @Key("type of residual block: BigGAN's, BigGAN's with style in the first norm only, or DDPM's")
        BlockType block,
    @Key("how lower resolutions contribute to the output besides their features")
        OutputPyramid progressive,
    @Key("how lower resolutions receive the input") InputPyramid progressiveInput,
    @Key("how the input is combined with the features for progressive-input = input-skip")
        Combination progressiveCombine,
    @Key("time embedding: sinusoidal, or Fourier features of its logarithm")
        TimeEmbedding embedding,
    @Key(value = "standard deviation of the Fourier frequencies", min = 0) double fourierScale,
    @Key("whether to condition on the time") boolean timeConditional,
    @Key("rescaling of the time, to reuse weights trained with another number of denoising steps")
        TimeScale time,
    @Key("whether to resample with an FIR filter; otherwise averages or repeats pixels")
        boolean fir,
    @Key("coefficients of the FIR filter") List<Double> firKernel,
    @Key("whether to resample between DDPM's blocks with a convolution") boolean resampleWithConv,
    @Key("whether to divide sums with a skip connection by the root of 2") boolean skipRescale,
    @Key(value = "dropout probability", min = 0, max = 0.999) double dropout,
    @Key("whether the data is in [-1, 1]; otherwise centres data in [0, 1]") boolean centered,
    @Key("whether to apply tanh to the output") boolean tanh,
    @Key("whether to condition on the class; needs data with classes") boolean classConditional)
    implements Generator {

  /** Types of residual blocks. */
  public enum BlockType {
    BIGGAN,
    BIGGAN_ONE_ADAGN,
    DDPM
  }

  /** Contributions of the resolutions to the output. */
  public enum OutputPyramid {
    /** Only the highest resolution's features become the output. */
    NONE,
    /** Features of each resolution become an output; these are summed. */
    OUTPUT_SKIP,
    /** Features of all resolutions are summed and become the output. */
    RESIDUAL
  }

  /** The resolutions' use of the input. */
  public enum InputPyramid {
    /** Only the highest resolution receives the input. */
    NONE,
    /** Each combines its features with the downsampled input. */
    INPUT_SKIP,
    /** Each adds convolutions of the input. */
    RESIDUAL
  }

  /** The combination of the downsampled input with the features. */
  public enum Combination {
    SUM,
    CAT
  }

  /** Types of time embeddings. */
  public enum TimeEmbedding {
    POSITIONAL,
    FOURIER
  }

  /** Checks the keys against each other. */
  public Ncsnpp {
    channelMultipliers = List.copyOf(channelMultipliers);
    attentionResolutions = List.copyOf(attentionResolutions);
    firKernel = List.copyOf(firKernel);
    if (channelMultipliers.isEmpty()) {
      throw new RefusedException("channel-multipliers must name at least one resolution");
    }
    if (firKernel.stream().mapToDouble(Double::doubleValue).sum() == 0) {
      throw new RefusedException("the sum of fir-kernel must not be 0");
    }
  }

  @Override
  public SDVariable forward(ParameterScope p, Inputs inputs) {
    DataShape shape = p.shape();
    int factor = 1 << (channelMultipliers.size() - 1);
    if (!shape.isImage() || shape.height() % factor != 0 || shape.width() % factor != 0) {
      throw new RefusedException(
          ("ncsnpp with %d channel-multipliers needs images whose height and width are multiples"
                  + " of %d, not data of the shape %s")
              .formatted(channelMultipliers.size(), factor, shape));
    }
    return new Unet(this, p).forward(inputs);
  }

  @Override
  public void requireEffect(DataShape shape) {
    List<Integer> heights =
        IntStream.range(0, channelMultipliers.size()).mapToObj(i -> shape.height() >> i).toList();
    for (int height : attentionResolutions) {
      if (!heights.contains(height)) {
        throw new RefusedException(
            "attention-resolutions has %d, but the network has only the heights %s; choose from these, or none"
                .formatted(height, heights));
      }
    }
  }

  Resampler resampler() {
    return fir ? Resampler.filtered(firKernel) : Resampler.box();
  }
}
