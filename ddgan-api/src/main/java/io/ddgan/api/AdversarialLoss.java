package io.ddgan.api;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The game between the two networks, as scalar losses to be minimised, each a mean over the batch.
 * A part sees the logits of its own examples alone, so that losses which compare real with
 * generated ones, as relativistic ones do, cannot be written. All are computed in single precision
 * and must be finite for any logits.
 */
public interface AdversarialLoss {

  /** What the discriminator pays for its logits {@code [N]} of real examples. */
  SDVariable discriminatorOnReal(SDVariable logits);

  /** What the discriminator pays for its logits {@code [N]} of generated examples. */
  SDVariable discriminatorOnFake(SDVariable logits);

  /** What the generator pays for the discriminator's logits {@code [N]} of its examples. */
  SDVariable generator(SDVariable logits);
}
