package io.ddgan.networks;

import io.ddgan.api.DataShape;
import io.ddgan.api.Generator;
import io.ddgan.api.ParameterScope;
import io.ddgan.config.Key;
import io.ddgan.networks.ResidualBlock.Resolution;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The NCSN++ U-Net (Song et al., 2021) with a latent variable that scales and shifts every group
 * norm (Xiao et al., 2022, appendix C): residual blocks with binomial resampling, a residual
 * pyramid of the input, attention at some resolutions and in the middle, and tanh at the end.
 */
public record Ncsnpp(
    @Key(value = "channels at full resolution, a multiple of 4", min = 4) int baseChannels,
    @Key(
            value = "channels at each resolution, from full downwards, in units of base-channels",
            min = 1)
        List<Integer> multipliers,
    @Key(value = "residual blocks at each resolution", min = 1) int residualBlocks,
    @Key(value = "heights in pixels at which attention follows each residual block", min = 1)
        List<Integer> attentionResolutions,
    @Key(value = "length of the latent vector z", min = 1) int latentSize,
    @Key(value = "length of the style vector that z is mapped to", min = 1) int styleSize,
    @Key(value = "hidden layers of the mapping from z to the style, behind the first", min = 0)
        int mappingLayers)
    implements Generator {

  /** Checks what the single keys cannot say. */
  public Ncsnpp {
    multipliers = List.copyOf(multipliers);
    attentionResolutions = List.copyOf(attentionResolutions);
    if (multipliers.isEmpty()) {
      throw new IllegalArgumentException("multipliers must name at least one resolution");
    }
    if (baseChannels % 4 != 0) {
      throw new IllegalArgumentException(
          "base-channels must be a multiple of 4 for group normalisation, not " + baseChannels);
    }
  }

  @Override
  public SDVariable forward(ParameterScope p, SDVariable x, SDVariable t, SDVariable z) {
    DataShape shape = p.shape();
    int factor = 1 << (multipliers.size() - 1);
    if (!shape.isImage() || shape.height() % factor != 0 || shape.width() % factor != 0) {
      throw new IllegalArgumentException(
          ("generator ncsnpp with %d multipliers needs images whose height and width are multiples"
                  + " of %d, not data of the shape %s")
              .formatted(multipliers.size(), factor, shape));
    }
    return new Pass(
            p, style(p, z), new Features(x, shape.channels(), shape.height(), shape.width()))
        .run(t);
  }

  /** Maps the normalised latent vector to the style. */
  private SDVariable style(ParameterScope p, SDVariable z) {
    SDVariable length = p.sameDiff().math().square(z).mean(true, 1).add(1e-8);
    SDVariable h = z.div(p.sameDiff().math().sqrt(length));
    for (int i = 0; i <= mappingLayers; i++) {
      ParameterScope layer = p.child("z_transform").child(String.valueOf(2 * i + 1));
      h = Layers.linear(layer, h, i == 0 ? latentSize : styleSize, styleSize);
      h = Layers.silu(p, h);
    }
    return h;
  }

  /** One pass through the U-Net, which numbers the modules in the order of their use. */
  private final class Pass {

    private final ParameterScope root;
    private final SDVariable style;
    private final Features input;
    private final int timeSize = 4 * baseChannels;
    private final Deque<Features> skips = new ArrayDeque<>();
    private SDVariable time;
    private int modules;

    Pass(ParameterScope root, SDVariable style, Features input) {
      this.root = root;
      this.style = style;
      this.input = input;
    }

    SDVariable run(SDVariable t) {
      SDVariable embedding = Layers.timeEmbedding(root, t, baseChannels);
      embedding = Layers.linear(next(), embedding, baseChannels, timeSize);
      embedding = Layers.linear(next(), Layers.silu(root, embedding), timeSize, timeSize);
      time = Layers.silu(root, embedding);

      Features h = down();
      h = block(h, h.channels(), Resolution.SAME);
      h = AttentionBlock.apply(next(), h);
      h = block(h, h.channels(), Resolution.SAME);
      h = up(h);

      h = Layers.groupNorm(next(), h);
      h = h.with(Layers.silu(root, h.value()));
      h = Layers.convolution(next(), h, input.channels(), 3, Initializers.fanAverage(0));
      return root.sameDiff().math().tanh(h.value());
    }

    private Features down() {
      Features pyramid = input;
      Features h = Layers.convolution(next(), input, baseChannels, 3, Initializers.fanAverage(1));
      skips.push(h);
      for (int level = 0; level < multipliers.size(); level++) {
        for (int i = 0; i < residualBlocks; i++) {
          h = attend(block(h, channels(level), Resolution.SAME));
          skips.push(h);
        }
        if (level < multipliers.size() - 1) {
          h = block(h, h.channels(), Resolution.DOWN);
          pyramid = shrink(next(), pyramid, h.channels()).residual(h);
          h = pyramid;
          skips.push(h);
        }
      }
      return h;
    }

    private Features up(Features bottom) {
      Features h = bottom;
      for (int level = multipliers.size() - 1; level >= 0; level--) {
        for (int i = 0; i <= residualBlocks; i++) {
          h = block(join(h, skips.pop()), channels(level), Resolution.SAME);
        }
        h = attend(h);
        if (level > 0) {
          h = block(h, h.channels(), Resolution.UP);
        }
      }
      return h;
    }

    private Features block(Features x, int out, Resolution resolution) {
      return ResidualBlock.apply(next(), x, out, resolution, time, timeSize, style, styleSize);
    }

    private Features attend(Features x) {
      return attentionResolutions.contains(x.height()) ? AttentionBlock.apply(next(), x) : x;
    }

    /** The input pyramid: a blurred, strided convolution. */
    private Features shrink(ParameterScope p, Features x, int out) {
      ParameterScope convolution = p.child("Conv2d_0");
      SDVariable bias = convolution.parameter("bias", Initializers.zeros(), out);
      Features blurred = Resampling.blur(p, x);
      return Layers.convolution(convolution, blurred, out, 3, 2, 0, Initializers.fanAverage(1))
          .plus(bias);
    }

    private Features join(Features a, Features b) {
      SDVariable both = root.sameDiff().concat(1, a.value(), b.value());
      return new Features(both, a.channels() + b.channels(), a.height(), a.width());
    }

    private int channels(int level) {
      return baseChannels * multipliers.get(level);
    }

    private ParameterScope next() {
      return root.child("all_modules").child(String.valueOf(modules++));
    }
  }
}
