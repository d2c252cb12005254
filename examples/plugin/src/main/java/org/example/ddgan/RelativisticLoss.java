package org.example.ddgan;

import io.ddgan.api.AdversarialLoss;
import io.ddgan.config.Key;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The relativistic loss (Jolicoeur-Martineau, 2018): what counts is how much more real one example
 * looks than another, not how real it looks by itself. Both players pay for the difference between
 * the two logits of a pair, as R3GAN does (Huang et al., 2024, arXiv 2501.05441), or for those from
 * the mean of the other side.
 *
 * @param against what a logit is compared with
 */
public record RelativisticLoss(@Key("what a logit is compared with") Against against)
    implements AdversarialLoss {

  /** What a logit is compared with. */
  public enum Against {
    /** The other one of its pair, which has the same time, class and noisier example. */
    PAIR,
    /** The mean of all on the other side. */
    MEAN
  }

  @Override
  public SDVariable discriminator(SDVariable real, SDVariable fake) {
    return paid(real, fake);
  }

  @Override
  public SDVariable generator(SDVariable real, SDVariable fake) {
    return paid(fake, real);
  }

  /** What is paid by who wants the first to look more real than the second, {@code [N]}. */
  private SDVariable paid(SDVariable up, SDVariable down) {
    return switch (against) {
      case PAIR -> SmoothedLoss.softplus(down.sub(up));
      case MEAN ->
          SmoothedLoss.softplus(up.sub(down.mean()).neg())
              .add(SmoothedLoss.softplus(down.sub(up.mean())))
              .mul(0.5);
    };
  }
}
