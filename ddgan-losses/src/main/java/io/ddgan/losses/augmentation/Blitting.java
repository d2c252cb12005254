package io.ddgan.losses.augmentation;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import io.ddgan.api.ScheduledValue;
import io.ddgan.config.Key;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Pixel blitting (Karras et al., 2020, appendix B): flips images, rotates them by quarter turns and
 * translates them by a uniform share of their size, rounded to whole pixels. Each is drawn
 * independently.
 */
public record Blitting(
    @Key(value = "probability of each transformation of an example", min = 0, max = 1)
        ScheduledValue probability,
    @Key("whether to flip images horizontally") boolean flip,
    @Key("whether to rotate images by 0 to 3 quarter turns") boolean rotate90,
    @Key(value = "maximum translation as a share of height and width", min = 0, max = 0.5)
        ScheduledValue maxShift)
    implements ImageAugmentation {

  @Override
  public void check(DataShape data, DataShape encoded) {
    ImageAugmentation.super.check(data, encoded);
    if (rotate90 && data.height() != data.width()) {
      throw new RefusedException(
          "blitting cannot rotate images of %d by %d, which are not square; set augmentation.rotate90 = false"
              .formatted(data.height(), data.width()));
    }
  }

  @Override
  public SDVariable apply(SDVariable x, Draws draws) {
    PixelMoves pixels = new PixelMoves(draws.size(), draws.shape());
    SDVariable p = draws.number("probability", probability);
    SDVariable none = draws.uniform("quarters").mul(0);
    SDVariable flipped = flip ? draws.bernoulli("flip", p.mul(0.5)) : none;
    SDVariable quarters =
        rotate90
            ? Integers.below(p.mul(0).add(4), draws.uniform("quarters"))
                .mul(draws.bernoulli("turn", p))
            : none;
    // A rotation is a transposition and flips of rows and columns.
    SDVariable isOdd = is(quarters, 1).add(is(quarters, 3));
    SDVariable turned = rotate90 ? mixed(x, x.permute(0, 1, 3, 2), isOdd) : x;
    SDVariable rows = either(is(quarters, 1).add(is(quarters, 2)), flipped.mul(isOdd));
    SDVariable columns = either(is(quarters, 2).add(is(quarters, 3)), flipped.mul(isOdd.rsub(1)));

    SDVariable isMoved = draws.bernoulli("moved", p);
    SDVariable most = draws.number("max-shift", maxShift);
    int height = draws.shape().height();
    int width = draws.shape().width();
    SDVariable down = distance(most, height, draws.uniform("down")).mul(isMoved);
    SDVariable right = distance(most, width, draws.uniform("right")).mul(isMoved);
    return pixels.columns(
        pixels.rows(turned, source(x, pixels, height, rows, down)),
        source(x, pixels, width, columns, right));
  }

  /** A uniform share of the length within the maximum, rounded to a whole number. */
  private static SDVariable distance(SDVariable most, int length, SDVariable uniform) {
    return Integers.share(uniform.mul(2).sub(1).mul(most), length);
  }

  private static SDVariable source(
      SDVariable like, PixelMoves pixels, int length, SDVariable mirrored, SDVariable moved) {
    SDVariable places = PixelMoves.indices(like, length).sub(pixels.each(moved));
    return Flip.mirrored(Padding.REFLECT.of(places, length), pixels.each(mirrored), length);
  }

  private static SDVariable is(SDVariable number, int value) {
    return number.eq(value).castTo(number.dataType());
  }

  /** Exclusive or: 1 if exactly one of both is 1. */
  private static SDVariable either(SDVariable a, SDVariable b) {
    return a.add(b).sub(a.mul(b).mul(2));
  }

  private static SDVariable mixed(SDVariable x, SDVariable other, SDVariable isOther) {
    return x.mul(isOther.rsub(1)).add(other.mul(isOther));
  }
}
