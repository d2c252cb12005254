package io.ddgan.api;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The game between the two networks, as scalar losses to be minimised, each a mean over the batch.
 */
public interface AdversarialLoss {

  /** What the discriminator pays for its logits {@code [N]} of real examples. */
  SDVariable discriminatorOnReal(SDVariable logits);

  /** What the discriminator pays for its logits {@code [N]} of generated examples. */
  SDVariable discriminatorOnFake(SDVariable logits);

  /** What the generator pays for the discriminator's logits {@code [N]} of its examples. */
  SDVariable generator(SDVariable logits);
}
