package io.ddgan.losses.augmentation;

import io.ddgan.api.ScheduledValue;
import io.ddgan.config.Key;
import org.nd4j.autodiff.samediff.SDVariable;

/** Flips images horizontally with probability p / 2. */
public record Flip(
    @Key(
            value = "probability of augmenting an example; half of these are flipped",
            min = 0,
            max = 1)
        ScheduledValue probability)
    implements ImageAugmentation {

  @Override
  public SDVariable apply(SDVariable x, Draws draws) {
    PixelMoves pixels = new PixelMoves(draws.size(), draws.shape());
    SDVariable probability = draws.number("probability", probability());
    SDVariable flipped = pixels.each(draws.bernoulli("flip", probability.mul(0.5)));
    int width = draws.shape().width();
    return pixels.columns(x, mirrored(PixelMoves.indices(x, width), flipped, width));
  }

  /** Reverses indices where {@code flipped} is 1. */
  static SDVariable mirrored(SDVariable index, SDVariable flipped, int length) {
    return index.add(flipped.mul(index.mul(-2).add(length - 1)));
  }
}
