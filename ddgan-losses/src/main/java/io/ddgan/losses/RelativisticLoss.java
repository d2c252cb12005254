package io.ddgan.losses;

import io.ddgan.api.AdversarialLoss;
import io.ddgan.config.Key;
import io.ddgan.layers.Softplus;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The relativistic loss (Jolicoeur-Martineau, 2018): compares real with generated logits. In pairs,
 * with {@code f(x) = softplus(x)}, D minimises {@code f(D(fake) - D(real))} and G {@code f(D(real)
 * - D(fake))}, as in R3GAN (Huang et al., 2024, arXiv 2501.05441, equation 2). R1 or R2 make it
 * converge close to the equilibrium; in practice it needs both (there, sections 2.3 and 2.4). With
 * averages, each logit is compared with the mean of the other side's, and the two halves are
 * averaged.
 */
public record RelativisticLoss(
    @Key("what to compare a logit with: paired, or average") Variant variant)
    implements AdversarialLoss {

  /** The counterpart of a logit. */
  public enum Variant {
    /** The logit of its pair, with the same time, class and x_{t+1}. */
    PAIRED,
    /** The mean of the other side's logits. */
    AVERAGE
  }

  @Override
  public SDVariable discriminatorLoss(SDVariable real, SDVariable fake) {
    return loss(real, fake);
  }

  @Override
  public SDVariable generatorLoss(SDVariable real, SDVariable fake) {
    return loss(fake, real);
  }

  /** Returns the loss of the network that is to score {@code up} higher than {@code down}. */
  private SDVariable loss(SDVariable up, SDVariable down) {
    return switch (variant) {
      case PAIRED -> Softplus.of(down.sub(up));
      case AVERAGE ->
          Softplus.of(up.sub(down.mean()).neg()).add(Softplus.of(down.sub(up.mean()))).mul(0.5);
    };
  }
}
