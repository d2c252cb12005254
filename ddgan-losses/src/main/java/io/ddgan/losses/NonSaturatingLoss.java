package io.ddgan.losses;

import io.ddgan.api.OneSidedLoss;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.ops.SDMath;

/**
 * The non-saturating loss (Goodfellow et al., 2014): D minimises softplus(-D(real)) +
 * softplus(D(fake)), G minimises softplus(-D(fake)).
 */
public record NonSaturatingLoss() implements OneSidedLoss {

  @Override
  public SDVariable discriminatorOnReal(SDVariable logits) {
    return softplus(logits.neg());
  }

  @Override
  public SDVariable discriminatorOnFake(SDVariable logits) {
    return softplus(logits);
  }

  @Override
  public SDVariable generator(SDVariable logits) {
    return softplus(logits.neg());
  }

  /**
   * {@code log(1 + exp(x)) = (x + |x|) / 2 + log(1 + exp(-|x|))}. SameDiff's own softplus computes
   * the left side, which overflows in single precision when x exceeds 88.
   */
  private static SDVariable softplus(SDVariable x) {
    SDMath math = x.getSameDiff().math();
    SDVariable distance = math.abs(x);
    return x.add(distance).mul(0.5).add(math.log1p(math.exp(distance.neg())));
  }
}
