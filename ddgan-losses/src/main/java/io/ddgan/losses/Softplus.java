package io.ddgan.losses;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.ops.SDMath;

/** {@code log(1 + exp(x))} that does not overflow. */
final class Softplus {

  private Softplus() {}

  /**
   * {@code (x + |x|) / 2 + log(1 + exp(-|x|))}. SameDiff's own softplus computes the definition,
   * which overflows in single precision when x exceeds 88.
   */
  static SDVariable of(SDVariable x) {
    SDMath math = x.getSameDiff().math();
    SDVariable distance = math.abs(x);
    return x.add(distance).mul(0.5).add(math.log1p(math.exp(distance.neg())));
  }
}
