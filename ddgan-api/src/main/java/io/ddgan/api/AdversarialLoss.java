package io.ddgan.api;

import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The losses of the two networks, of the discriminator's logits of as many real as generated
 * examples {@code [N]}: one number an example, {@code [N]}, of which the mean is minimised. Example
 * i of either is of the same time, class and noisier example. Losses that look at one side at a
 * time are {@link SeparableLoss}es. All are computed in single precision and must be finite for any
 * logits.
 */
public interface AdversarialLoss {

  /** The discriminator's loss, {@code [N]}. */
  SDVariable discriminator(SDVariable real, SDVariable fake);

  /** The generator's loss, {@code [N]}. What it does not depend on is not computed. */
  SDVariable generator(SDVariable real, SDVariable fake);

  /**
   * The parts of the discriminator's loss that are worth a column of their own, by names in
   * kebab-case, {@code [N]} each.
   */
  default Map<String, SDVariable> discriminatorTerms(SDVariable real, SDVariable fake) {
    return Map.of();
  }
}
