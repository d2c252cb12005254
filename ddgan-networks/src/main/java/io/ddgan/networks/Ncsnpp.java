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
 * <p>It has many keys, so that it is best made from a configuration: {@code generator { type =
 * ncsnpp, ... }}.
 */
public record Ncsnpp(
    @Key(value = "channels at full resolution", min = 4) int baseChannels,
    @Key(
            value = "channels at each resolution, from full downwards, in units of base-channels",
            min = 1)
        List<Integer> channelMultipliers,
    @Key(value = "residual blocks at each resolution", min = 1) int residualBlocks,
    @Key(value = "heights in pixels at which attention follows each residual block", min = 1)
        List<Integer> attentionResolutions,
    @Key(value = "length of the latent vector z", min = 1) int latentSize,
    @Key(value = "length of the style vector that z is mapped to", min = 1) int styleSize,
    @Key(value = "hidden layers of the mapping from z to the style, after the first", min = 0)
        int mappingLayers,
    @Key("residual blocks: BigGAN's, those with the style in their first norm only, or DDPM's")
        BlockType block,
    @Key("what the smaller resolutions give to the output besides their features")
        OutputPyramid progressive,
    @Key("how the smaller resolutions see the input") InputPyramid progressiveInput,
    @Key("how the input joins the features, for progressive-input = input-skip")
        Combination progressiveCombine,
    @Key("sinusoids of the time, or of random frequencies of its logarithm")
        TimeEmbedding embedding,
    @Key(value = "standard deviation of the random frequencies", min = 0) double fourierScale,
    @Key("whether the network sees the time") boolean timeConditional,
    @Key("rescaling of the time, to reuse weights trained with another number of denoising steps")
        TimeScale time,
    @Key("whether resampling filters; otherwise it averages and repeats pixels") boolean fir,
    @Key("the filter, from left to right") List<Double> firKernel,
    @Key("whether resampling between DDPM's blocks has a convolution") boolean resampleWithConv,
    @Key("whether sums with a skip connection are divided by the root of 2") boolean skipRescale,
    @Key(value = "share of the features set to zero in training", min = 0, max = 0.999)
        double dropout,
    @Key("whether the data is in [-1, 1]; otherwise it is in [0, 1] and the network centres it")
        boolean centered,
    @Key("whether the output passes through tanh") boolean tanh,
    @Key("whether the network sees the class, which the data must have") boolean classConditional)
    implements Generator {

  /** The kinds of residual blocks. */
  public enum BlockType {
    BIGGAN,
    BIGGAN_ONE_ADAGN,
    DDPM
  }

  /** How the resolutions make the output. */
  public enum OutputPyramid {
    /** The highest resolution's features become the output. */
    NONE,
    /** Each resolution's features become an output, and all are added up. */
    OUTPUT_SKIP,
    /** Features of all resolutions are added up and become the output. */
    RESIDUAL
  }

  /** How the resolutions see the input. */
  public enum InputPyramid {
    /** Only the highest does. */
    NONE,
    /** Each joins its features with the smaller input. */
    INPUT_SKIP,
    /** Each adds what convolutions make of the input. */
    RESIDUAL
  }

  /** How the smaller input joins the features. */
  public enum Combination {
    SUM,
    CAT
  }

  /** How the network sees the time. */
  public enum TimeEmbedding {
    POSITIONAL,
    FOURIER
  }

  /** Checks what the single keys cannot say. */
  public Ncsnpp {
    channelMultipliers = List.copyOf(channelMultipliers);
    attentionResolutions = List.copyOf(attentionResolutions);
    firKernel = List.copyOf(firKernel);
    if (channelMultipliers.isEmpty()) {
      throw new RefusedException("channel-multipliers must name at least one resolution");
    }
    if (firKernel.stream().mapToDouble(Double::doubleValue).sum() == 0) {
      throw new RefusedException("fir-kernel must have numbers whose sum is not 0");
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
            "attention-resolutions has %d, where the network has only the heights %s; name some of these, or none"
                .formatted(height, heights));
      }
    }
  }

  Resampler resampler() {
    return fir ? Resampler.filtered(firKernel) : Resampler.box();
  }
}
