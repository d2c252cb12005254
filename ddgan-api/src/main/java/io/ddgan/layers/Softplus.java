package io.ddgan.layers;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.ops.SDMath;

/** {@code log(1 + exp(x))}, used by logistic discriminator losses. */
public final class Softplus {

  private Softplus() {}

  /**
   * Applies softplus to every element, as {@code (x + |x|) / 2 + log(1 + exp(-|x|))}. SameDiff's
   * own softplus computes the definition, which overflows in single precision when x exceeds 88.
   *
   * @param x of any shape
   * @return of the same shape, at least 0
   */
  public static SDVariable of(SDVariable x) {
    SDMath math = x.getSameDiff().math();
    SDVariable distance = math.abs(x);
    return x.add(distance).mul(0.5).add(math.log1p(math.exp(distance.neg())));
  }
}
