package io.ddgan.losses.augmentation;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

/** Integers in a graph, as floating-point numbers. */
final class Integers {

  private Integers() {}

  /**
   * Draws uniformly from 0, 1, ..., count - 1.
   *
   * @param uniform uniform in [0, 1)
   * @param count an integer, at least 1; a scalar
   */
  static SDVariable below(SDVariable count, SDVariable uniform) {
    SameDiff sd = uniform.getSameDiff();
    // the product may be rounded up to the count itself
    return sd.math().min(sd.math().floor(uniform.mul(count)), count.sub(1));
  }

  /** A share of a length, rounded to an integer; halves round up. */
  static SDVariable share(SDVariable share, int length) {
    return share.getSameDiff().math().floor(share.mul(length).add(0.5));
  }

  /** 0, 1, ..., count - 1 in the type of another variable. */
  static SDVariable range(SDVariable like, int count, long... shape) {
    return like.getSameDiff().constant(Nd4j.arange(count).reshape(shape).castTo(like.dataType()));
  }
}
