package org.example.ddgan;

import io.ddgan.api.SeparableLoss;
import io.ddgan.config.Key;
import io.ddgan.layers.Softplus;
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
    implements SeparableLoss {

  @Override
  public SDVariable discriminatorOnReal(SDVariable logits) {
    SDVariable real = Softplus.of(logits.neg()).mul(1 - smoothing);
    return real.add(Softplus.of(logits).mul(smoothing));
  }

  @Override
  public SDVariable discriminatorOnFake(SDVariable logits) {
    return Softplus.of(logits);
  }

  @Override
  public SDVariable generator(SDVariable logits) {
    return Softplus.of(logits.neg());
  }
}
