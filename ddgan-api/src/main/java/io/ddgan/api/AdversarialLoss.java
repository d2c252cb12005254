package io.ddgan.api;

import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * An adversarial loss: one loss per example {@code [N]} for each network, whose mean is minimised.
 * It is computed from the discriminator's logits {@code [N]} on as many real as generated examples.
 * Example i of both has the same time, class and x_{t+1}. Losses that treat the two sides
 * separately are {@link SeparableLoss}es. Everything is computed in single precision and must be
 * finite for any logits.
 */
public interface AdversarialLoss {

  /** The discriminator's loss, {@code [N]}. */
  SDVariable discriminatorLoss(SDVariable real, SDVariable fake);

  /** The generator's loss, {@code [N]}. Logits that it does not use are not computed. */
  SDVariable generatorLoss(SDVariable real, SDVariable fake);

  /**
   * Returns the terms of the discriminator's loss that are reported as columns, {@code [N]} each,
   * by names in kebab-case.
   */
  default Map<String, SDVariable> discriminatorTerms(SDVariable real, SDVariable fake) {
    return Map.of();
  }
}
