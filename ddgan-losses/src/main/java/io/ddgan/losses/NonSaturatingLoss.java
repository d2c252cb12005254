package io.ddgan.losses;

import io.ddgan.api.SeparableLoss;
import io.ddgan.layers.Softplus;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The non-saturating loss (Goodfellow et al., 2014): D minimises softplus(-D(real)) +
 * softplus(D(fake)), G minimises softplus(-D(fake)).
 */
public record NonSaturatingLoss() implements SeparableLoss {

  @Override
  public SDVariable discriminatorOnReal(SDVariable logits) {
    return Softplus.of(logits.neg());
  }

  @Override
  public SDVariable discriminatorOnFake(SDVariable logits) {
    return Softplus.of(logits);
  }
}
