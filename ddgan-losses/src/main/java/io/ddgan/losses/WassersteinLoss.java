package io.ddgan.losses;

import io.ddgan.api.SeparableLoss;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The Wasserstein loss (Arjovsky et al., 2017): D minimises D(fake) - D(real), G minimises
 * -D(fake). It needs a gradient penalty, without which D grows without bound.
 */
public record WassersteinLoss() implements SeparableLoss {

  @Override
  public SDVariable discriminatorOnReal(SDVariable logits) {
    return logits.neg();
  }

  @Override
  public SDVariable discriminatorOnFake(SDVariable logits) {
    return logits;
  }
}
