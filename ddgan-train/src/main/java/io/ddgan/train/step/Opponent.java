package io.ddgan.train.step;

import io.ddgan.api.AdversarialLoss;
import io.ddgan.api.Discriminator;
import io.ddgan.api.GradientPenalty;
import io.ddgan.graph.TangentRule;
import java.util.Map;

/**
 * Whom the generator plays against.
 *
 * @param seesNoisier whether the discriminator sees x_{t+1} besides x_t
 * @param seesTime whether it sees the time
 * @param tangentRules forward-mode rules besides the framework's, by the operation's name
 */
public record Opponent(
    Discriminator discriminator,
    boolean seesNoisier,
    boolean seesTime,
    AdversarialLoss loss,
    GradientPenalty penalty,
    Map<String, TangentRule> tangentRules) {

  public Opponent {
    tangentRules = Map.copyOf(tangentRules);
  }
}
