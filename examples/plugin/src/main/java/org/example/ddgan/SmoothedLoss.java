package org.example.ddgan;

import io.ddgan.api.OneSidedLoss;
import io.ddgan.config.Key;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The non-saturating loss with one-sided label smoothing (Salimans et al., 2016): the discriminator
 * is asked to take real examples for real with a probability a little below 1, which keeps its
 * logits from growing without bound.
 *
 * @param smoothing how far below 1
 */
public record SmoothedLoss(
    @Key(value = "how far the label of real examples is below 1", min = 0, max = 0.49)
        double smoothing)
    implements OneSidedLoss {

  @Override
  public SDVariable discriminatorOnReal(SDVariable logits) {
    SDVariable real = softplus(logits.neg()).mul(1 - smoothing);
    return real.add(softplus(logits).mul(smoothing));
  }

  @Override
  public SDVariable discriminatorOnFake(SDVariable logits) {
    return softplus(logits);
  }

  @Override
  public SDVariable generator(SDVariable logits) {
    return softplus(logits.neg());
  }

  /** {@code log(1 + exp(x))}, written so that it does not overflow: the contract tests that. */
  static SDVariable softplus(SDVariable x) {
    var math = x.getSameDiff().math();
    SDVariable size = math.abs(x);
    return x.add(size).mul(0.5).add(math.log1p(math.exp(size.neg())));
  }
}
