package io.ddgan.networks;

import io.ddgan.api.DataShape;
import io.ddgan.api.Inputs;
import io.ddgan.api.ParameterScope;
import io.ddgan.layers.FeatureMap;
import io.ddgan.layers.GroupNorm;
import io.ddgan.layers.Resampler;
import io.ddgan.layers.SelfAttention;
import io.ddgan.layers.Silu;
import io.ddgan.networks.Ncsnpp.BlockType;
import io.ddgan.networks.Ncsnpp.Combination;
import io.ddgan.networks.Ncsnpp.InputPyramid;
import io.ddgan.networks.Ncsnpp.OutputPyramid;
import io.ddgan.networks.ResidualBlock.Resolution;
import java.util.ArrayDeque;
import java.util.Deque;
import org.nd4j.autodiff.samediff.SDVariable;

/** One pass through {@link Ncsnpp}, which numbers the modules in the order of their use. */
final class Unet {

  private final Ncsnpp config;
  private final ParameterScope root;
  private final Resampler resampler;
  private final ResamplingConvolution convolutions;
  private final Deque<FeatureMap> skips = new ArrayDeque<>();
  private int modules;

  Unet(Ncsnpp config, ParameterScope root) {
    this.config = config;
    this.root = root;
    this.resampler = config.resampler();
    this.convolutions = new ResamplingConvolution(resampler, config.fir());
  }

  SDVariable forward(Inputs inputs) {
    DataShape shape = root.shape();
    SDVariable x = inputs.xtp1();
    SDVariable centred = config.centered() ? x : x.mul(2).sub(1);
    FeatureMap input = FeatureMap.of(centred, shape);
    Conditioning conditioning = Conditioning.of(config, root, this::next, inputs);
    ResidualBlock blocks = new ResidualBlock(config, resampler, conditioning);

    FeatureMap h = down(input, blocks);
    h = blocks.apply(next(), h, h.channels(), Resolution.SAME);
    h = attention(h);
    h = blocks.apply(next(), h, h.channels(), Resolution.SAME);
    h = up(h, input.channels(), blocks);
    return config.tanh() ? root.sameDiff().math().tanh(h.value()) : h.value();
  }

  private FeatureMap down(FeatureMap input, ResidualBlock blocks) {
    FeatureMap pyramid = input;
    FeatureMap h = SameConvolution.apply(next(), input, config.baseChannels(), 3, 1);
    skips.push(h);
    for (int level = 0; level < levels(); level++) {
      for (int i = 0; i < config.residualBlocks(); i++) {
        h = attend(blocks.apply(next(), h, channels(level), Resolution.SAME));
        skips.push(h);
      }
      if (level < levels() - 1) {
        h = shrink(h, blocks);
        if (config.progressiveInput() == InputPyramid.INPUT_SKIP) {
          pyramid = resampler.down(root, pyramid);
          h = combine(next(), pyramid, h);
        } else if (config.progressiveInput() == InputPyramid.RESIDUAL) {
          pyramid = convolutions.down(next(), pyramid, h.channels());
          pyramid = pyramid.residual(h, config.skipRescale());
          h = pyramid;
        }
        skips.push(h);
      }
    }
    return h;
  }

  private FeatureMap up(FeatureMap bottom, int outputChannels, ResidualBlock blocks) {
    FeatureMap h = bottom;
    FeatureMap pyramid = bottom;
    for (int level = levels() - 1; level >= 0; level--) {
      for (int i = 0; i <= config.residualBlocks(); i++) {
        h =
            blocks.apply(
                next(), FeatureMap.concat(h, skips.pop()), channels(level), Resolution.SAME);
      }
      h = attend(h);
      boolean isFirst = level == levels() - 1;
      if (config.progressive() == OutputPyramid.OUTPUT_SKIP) {
        FeatureMap output = head(h, outputChannels, 0);
        pyramid =
            isFirst ? output : output.with(resampler.up(root, pyramid).value().add(output.value()));
      } else if (config.progressive() == OutputPyramid.RESIDUAL) {
        if (isFirst) {
          pyramid = head(h, h.channels(), 1);
        } else {
          pyramid = convolutions.up(next(), pyramid, h.channels());
          pyramid = pyramid.residual(h, config.skipRescale());
          h = pyramid;
        }
      }
      if (level > 0) {
        h = grow(h, blocks);
      }
    }
    return config.progressive() == OutputPyramid.OUTPUT_SKIP ? pyramid : head(h, outputChannels, 0);
  }

  private FeatureMap shrink(FeatureMap x, ResidualBlock blocks) {
    if (config.block() != BlockType.DDPM) {
      return blocks.apply(next(), x, x.channels(), Resolution.DOWN);
    }
    ParameterScope p = next();
    return config.resampleWithConv() ? convolutions.down(p, x, x.channels()) : resampler.down(p, x);
  }

  private FeatureMap grow(FeatureMap x, ResidualBlock blocks) {
    if (config.block() != BlockType.DDPM) {
      return blocks.apply(next(), x, x.channels(), Resolution.UP);
    }
    ParameterScope p = next();
    return config.resampleWithConv() ? convolutions.up(p, x, x.channels()) : resampler.up(p, x);
  }

  /** A norm and a convolution, which make an output of features. */
  private FeatureMap head(FeatureMap x, int out, double scale) {
    FeatureMap h = GroupNorm.of(x.channels()).apply(next(), x).map(Silu::of);
    return SameConvolution.apply(next(), h, out, 3, scale);
  }

  private FeatureMap combine(ParameterScope p, FeatureMap input, FeatureMap h) {
    FeatureMap projected = SameConvolution.apply(p.child("Conv_0"), input, h.channels(), 1, 1);
    return config.progressiveCombine() == Combination.CAT
        ? FeatureMap.concat(projected, h)
        : h.with(projected.value().add(h.value()));
  }

  private FeatureMap attend(FeatureMap x) {
    return config.attentionResolutions().contains(x.height()) ? attention(x) : x;
  }

  private FeatureMap attention(FeatureMap x) {
    return new SelfAttention(config.skipRescale()).apply(next(), x);
  }

  private int levels() {
    return config.channelMultipliers().size();
  }

  private int channels(int level) {
    return config.baseChannels() * config.channelMultipliers().get(level);
  }

  private ParameterScope next() {
    return root.child("all_modules").child(String.valueOf(modules++));
  }
}
