package io.ddgan.api;

import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The game between the two networks. Each player pays for the discriminator's logits of as many
 * real as generated examples, one number an example, and minimises the mean; example i of either is
 * of the same time, class and noisier example. Losses that look at one side at a time are {@link
 * OneSidedLoss}es. All are computed in single precision and must be finite for any logits.
 */
public interface AdversarialLoss {

  /**
   * What the discriminator pays, {@code [N]}.
   *
   * @param real its logits of real examples, {@code [N]}
   * @param fake its logits of generated examples, {@code [N]}
   */
  SDVariable discriminator(SDVariable real, SDVariable fake);

  /**
   * What the generator pays, {@code [N]}. What it does not depend on is not computed.
   *
   * @param real the discriminator's logits of real examples, {@code [N]}
   * @param fake its logits of the generator's examples, {@code [N]}
   */
  SDVariable generator(SDVariable real, SDVariable fake);

  /**
   * The parts of what the discriminator pays that are worth a column of their own, by their names
   * in kebab-case, {@code [N]} each.
   */
  default Map<String, SDVariable> discriminatorParts(SDVariable real, SDVariable fake) {
    return Map.of();
  }
}
