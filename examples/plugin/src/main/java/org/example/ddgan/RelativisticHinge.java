package org.example.ddgan;

import io.ddgan.api.AdversarialLoss;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The relativistic average hinge loss (Jolicoeur-Martineau, 2018, section 4). The discriminator pushes
 * each real logit at least 1 above the mean of the fake ones, and each fake logit at least 1 below
 * the mean of the real ones; the generator does the opposite.
 */
public record RelativisticHinge() implements AdversarialLoss {

  @Override
  public SDVariable discriminatorLoss(SDVariable real, SDVariable fake) {
    return above(real, fake.mean()).add(above(fake.neg(), real.mean().neg()));
  }

  @Override
  public SDVariable generatorLoss(SDVariable real, SDVariable fake) {
    return discriminatorLoss(fake, real);
  }

  /** Returns the hinge loss of logits that should exceed a mean by 1, {@code [N]}. */
  private static SDVariable above(SDVariable logits, SDVariable mean) {
    return logits.getSameDiff().nn().relu(logits.sub(mean).rsub(1), 0);
  }
}
