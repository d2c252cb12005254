package io.ddgan.losses;

import static io.ddgan.plugin.ComponentKind.LOSS;
import static io.ddgan.plugin.ComponentKind.PENALTY;

import io.ddgan.plugin.Components;
import io.ddgan.plugin.DdganPlugin;

/** Contributes the adversarial losses and the gradient penalties. */
public final class LossesPlugin extends DdganPlugin {

  @Override
  public String name() {
    return "ddgan-losses";
  }

  @Override
  protected void components(Components components) {
    components.add(
        LOSS,
        "non-saturating",
        "softplus losses of Goodfellow et al. (2014)",
        NonSaturatingLoss.class);
    components.add(
        PENALTY,
        "r1",
        "Squared gradient on real examples (Mescheder et al., 2018)",
        R1Penalty.class);
    components.add(PENALTY, "none", "No gradient penalty", NoPenalty.class);
  }
}
