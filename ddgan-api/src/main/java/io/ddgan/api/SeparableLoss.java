package io.ddgan.api;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;

/** An adversarial loss that treats real and generated examples separately. */
public interface SeparableLoss extends AdversarialLoss {

  /** The discriminator's loss for its logits {@code [N]} of real examples, {@code [N]}. */
  SDVariable discriminatorOnReal(SDVariable logits);

  /** The discriminator's loss for its logits {@code [N]} of generated examples, {@code [N]}. */
  SDVariable discriminatorOnFake(SDVariable logits);

  /**
   * The generator's loss for the logits {@code [N]} of its examples, {@code [N]}: by default the
   * discriminator's loss on real examples with these logits.
   */
  default SDVariable generatorLoss(SDVariable logits) {
    return discriminatorOnReal(logits);
  }

  @Override
  default SDVariable discriminatorLoss(SDVariable real, SDVariable fake) {
    return discriminatorOnReal(real).add(discriminatorOnFake(fake));
  }

  @Override
  default SDVariable generatorLoss(SDVariable real, SDVariable fake) {
    return generatorLoss(fake);
  }

  @Override
  default Map<String, SDVariable> discriminatorTerms(SDVariable real, SDVariable fake) {
    Map<String, SDVariable> parts = new LinkedHashMap<>();
    parts.put("real", discriminatorOnReal(real));
    parts.put("fake", discriminatorOnFake(fake));
    return parts;
  }
}
