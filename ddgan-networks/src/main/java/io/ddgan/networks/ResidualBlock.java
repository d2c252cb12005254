package io.ddgan.networks;

import io.ddgan.api.ParameterScope;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The generator's residual block in the manner of BigGAN: style and time enter every block, and the
 * resolution may change between the norm and the first convolution.
 */
final class ResidualBlock {

  private ResidualBlock() {}

  /** How the block changes the resolution. */
  enum Resolution {
    SAME,
    DOWN,
    UP;

    Features apply(ParameterScope p, Features x) {
      return switch (this) {
        case SAME -> x;
        case DOWN -> Resampling.down(p, x);
        case UP -> Resampling.up(p, x);
      };
    }
  }

  /**
   * Adds a block.
   *
   * @param time activated time embedding {@code [N, timeSize]}
   * @param style style {@code [N, styleSize]}
   */
  static Features apply(
      ParameterScope p,
      Features x,
      int out,
      Resolution resolution,
      SDVariable time,
      int timeSize,
      SDVariable style,
      int styleSize) {
    Features h = Layers.adaptiveGroupNorm(p.child("GroupNorm_0"), x, style, styleSize);
    h = resolution.apply(p, h.with(Layers.silu(p, h.value())));
    h = Layers.convolution(p.child("Conv_0"), h, out, 3, Initializers.fanAverage(1));
    h = Layers.shift(p, h, Layers.linear(p.child("Dense_0"), time, timeSize, out));
    h = Layers.adaptiveGroupNorm(p.child("GroupNorm_1"), h, style, styleSize);
    h = h.with(Layers.silu(p, h.value()));
    h = Layers.convolution(p.child("Conv_1"), h, out, 3, Initializers.fanAverage(0));

    Features skip = resolution.apply(p, x);
    if (x.channels() != out || resolution != Resolution.SAME) {
      skip = Layers.convolution(p.child("Conv_2"), skip, out, 1, Initializers.fanAverage(1));
    }
    return skip.residual(h);
  }
}
