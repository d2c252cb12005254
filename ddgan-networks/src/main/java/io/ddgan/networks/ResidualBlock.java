package io.ddgan.networks;

import io.ddgan.api.ParameterScope;
import io.ddgan.layers.AdaptiveGroupNorm;
import io.ddgan.layers.Dense;
import io.ddgan.layers.FeatureMap;
import io.ddgan.layers.GroupNorm;
import io.ddgan.layers.Initializers;
import io.ddgan.layers.PointwiseConvolution;
import io.ddgan.layers.Resampler;
import io.ddgan.layers.Silu;
import io.ddgan.networks.Ncsnpp.BlockType;

/**
 * The generator's residual block, conditioned on style and time. BigGAN's may change the resolution
 * between the norm and the first convolution; DDPM's does not.
 */
record ResidualBlock(Ncsnpp config, Resampler resampler, Conditioning conditioning) {

  /** The change of resolution in a block. */
  enum Resolution {
    SAME,
    DOWN,
    UP
  }

  /** Adds a block. */
  FeatureMap apply(ParameterScope p, FeatureMap x, int out, Resolution resolution) {
    FeatureMap h = styledNorm(p.child("GroupNorm_0"), x);
    h = resample(p, h.map(Silu::of), resolution);
    h = SameConvolution.apply(p.child("Conv_0"), h, out, 3, 1);
    h = shiftByTime(p.child("Dense_0"), h);
    ParameterScope secondNorm = p.child("GroupNorm_1");
    h =
        config.block() == BlockType.BIGGAN_ONE_ADAGN
            ? GroupNorm.of(out).apply(secondNorm, h)
            : styledNorm(secondNorm, h);
    h = h.map(Silu::of);
    h = h.with(p.dropout(h.value(), config.dropout(), h.shape(p.batch())));
    h = SameConvolution.apply(p.child("Conv_1"), h, out, 3, 0);
    return shortcut(p, x, out, resolution).residual(h, config.skipRescale());
  }

  private FeatureMap shortcut(ParameterScope p, FeatureMap x, int out, Resolution resolution) {
    if (x.channels() == out && resolution == Resolution.SAME) {
      return x;
    }
    if (config.block() == BlockType.DDPM) {
      return new PointwiseConvolution(out, Initializers.fanAverage(0.1)).apply(p.child("NIN_0"), x);
    }
    return SameConvolution.apply(p.child("Conv_2"), resample(p, x, resolution), out, 1, 1);
  }

  private FeatureMap styledNorm(ParameterScope p, FeatureMap x) {
    GroupNorm norm = GroupNorm.of(x.channels());
    return new AdaptiveGroupNorm(norm, conditioning.styleSize()).apply(p, x, conditioning.style());
  }

  /** Created even if the network is not conditioned on time, as in the reference; then unused. */
  private FeatureMap shiftByTime(ParameterScope p, FeatureMap h) {
    Dense layer = Dense.of(conditioning.timeSize(), h.channels());
    layer.declare(p);
    return conditioning.time().map(time -> h.shift(p.batch(), layer.apply(p, time))).orElse(h);
  }

  private FeatureMap resample(ParameterScope p, FeatureMap x, Resolution resolution) {
    return switch (resolution) {
      case SAME -> x;
      case DOWN -> resampler.down(p, x);
      case UP -> resampler.up(p, x);
    };
  }
}
