package io.ddgan.losses;

import io.ddgan.api.AdversarialLoss;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The non-saturating loss (Goodfellow et al., 2014): D minimises softplus(-D(real)) +
 * softplus(D(fake)), G minimises softplus(-D(fake)).
 */
public record NonSaturatingLoss() implements AdversarialLoss {

  @Override
  public SDVariable discriminatorOnReal(SDVariable logits) {
    return softplus(logits.neg()).mean();
  }

  @Override
  public SDVariable discriminatorOnFake(SDVariable logits) {
    return softplus(logits).mean();
  }

  @Override
  public SDVariable generator(SDVariable logits) {
    return softplus(logits.neg()).mean();
  }

  /** softplus(x) = max(x, 0) + log(1 + exp(-|x|)), which does not overflow. */
  private static SDVariable softplus(SDVariable x) {
    return x.getSameDiff().nn().softplus(x);
  }
}
