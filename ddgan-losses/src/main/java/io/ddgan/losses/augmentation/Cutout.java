package io.ddgan.losses.augmentation;

import io.ddgan.api.ScheduledValue;
import io.ddgan.config.Key;
import org.nd4j.autodiff.samediff.SDVariable;

/** Masks a random rectangle of images with zeros (Zhao et al., 2020). */
public record Cutout(
    @Key(value = "probability of augmenting an example", min = 0, max = 1)
        ScheduledValue probability,
    @Key(value = "size of the rectangle as a share of height and width", min = 0, max = 1)
        ScheduledValue size)
    implements ImageAugmentation {

  @Override
  public SDVariable apply(SDVariable x, Draws draws) {
    SDVariable side = draws.number("size", size);
    int height = draws.shape().height();
    int width = draws.shape().width();
    SDVariable rows = Integers.range(x, height, 1, 1, height, 1);
    SDVariable columns = Integers.range(x, width, 1, 1, 1, width);
    SDVariable covered =
        covered(rows, side, height, draws.uniform("down"))
            .mul(covered(columns, side, width, draws.uniform("right")));
    SDVariable isCut = draws.bernoulli("cut", draws.number("probability", probability));
    return x.mul(covered.mul(isCut).rsub(1));
  }

  /**
   * Returns 1 within the rectangle's extent along one dimension. Its centre is within the image, so
   * it may be cropped at the border.
   */
  private static SDVariable covered(
      SDVariable index, SDVariable share, int length, SDVariable uniform) {
    SDVariable size = Integers.share(share, length);
    SDVariable half = share.getSameDiff().math().floor(size.mul(0.5));
    SDVariable isEven = half.mul(2).sub(size).add(1);
    SDVariable first = Integers.below(isEven.add(length), uniform).sub(half);
    SDVariable isAfter = index.gte(first).castTo(share.dataType());
    return isAfter.mul(index.lt(first.add(size)).castTo(share.dataType()));
  }
}
