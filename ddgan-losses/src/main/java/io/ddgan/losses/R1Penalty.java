package io.ddgan.losses;

import io.ddgan.api.GradientPenalty;
import io.ddgan.config.Key;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * R1 (Mescheder et al., 2018): {@code gamma / 2 * mean ||grad_x D(x)||^2} over the real examples.
 * It may be applied lazily, every few steps, and is then not scaled up.
 */
public record R1Penalty(
    @Key(value = "weight gamma of the penalty", min = 0) double gamma,
    @Key(value = "steps from one application to the next; 0 never applies it", min = 0) int every)
    implements GradientPenalty {

  @Override
  public SDVariable of(SDVariable gradient) {
    return gradient.getSameDiff().math().square(gradient).sum(1).mean().mul(gamma / 2);
  }
}
