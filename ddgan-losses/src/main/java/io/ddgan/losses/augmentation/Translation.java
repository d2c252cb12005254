package io.ddgan.losses.augmentation;

import io.ddgan.api.ScheduledValue;
import io.ddgan.config.Key;
import org.nd4j.autodiff.samediff.SDVariable;

/** Translates images by whole pixels (Zhao et al., 2020). */
public record Translation(
    @Key(value = "probability of augmenting an example", min = 0, max = 1)
        ScheduledValue probability,
    @Key(value = "maximum translation as a share of height and width", min = 0, max = 0.5)
        ScheduledValue maxShift,
    @Key("padding beyond the border: zero or reflect") Padding padding)
    implements ImageAugmentation {

  @Override
  public SDVariable apply(SDVariable x, Draws draws) {
    PixelMoves pixels = new PixelMoves(draws.size(), draws.shape());
    SDVariable most = draws.number("max-shift", maxShift);
    SDVariable isMoved = draws.bernoulli("moved", draws.number("probability", probability));
    int height = draws.shape().height();
    int width = draws.shape().width();
    SDVariable down = distance(most, height, draws.uniform("down")).mul(isMoved);
    SDVariable right = distance(most, width, draws.uniform("right")).mul(isMoved);
    SDVariable rows = PixelMoves.indices(x, height).sub(pixels.each(down));
    SDVariable columns = PixelMoves.indices(x, width).sub(pixels.each(right));
    return pixels.columns(pixels.rows(x, padding.of(rows, height)), padding.of(columns, width));
  }

  /** Draws uniformly from -most, ..., most, where most is less than the length. */
  private static SDVariable distance(SDVariable share, int length, SDVariable uniform) {
    SDVariable most = Integers.share(share, length);
    SDVariable within = share.getSameDiff().math().min(most, most.mul(0).add(length - 1));
    return Integers.below(within.mul(2).add(1), uniform).sub(within);
  }
}
