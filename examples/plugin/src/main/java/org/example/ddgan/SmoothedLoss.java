package org.example.ddgan;

import io.ddgan.api.SeparableLoss;
import io.ddgan.config.Key;
import io.ddgan.layers.Softplus;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The non-saturating loss with one-sided label smoothing (Salimans et al., 2016): real examples have a
 * label slightly below 1, which keeps the discriminator's logits bounded.
 *
 * @param smoothing 1 minus the label of real examples
 */
public record SmoothedLoss(
    @Key(value = "1 minus the label of real examples", min = 0, max = 0.49)
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
  public SDVariable generatorLoss(SDVariable logits) {
    return Softplus.of(logits.neg());
  }
}
