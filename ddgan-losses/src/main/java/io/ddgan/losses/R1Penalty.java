package io.ddgan.losses;

import io.ddgan.api.GradientPenalty;
import io.ddgan.api.Ramp;
import io.ddgan.config.Key;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * R1 (Mescheder et al., 2018, equation 9): {@code gamma / 2 * mean ||grad_x D(x)||^2} over the real
 * examples; over generated ones it is R2 (equation 10). If applied only every few steps, it is not
 * scaled up.
 */
public record R1Penalty(
    @Key(value = "weight gamma of the penalty", min = 0) Ramp gamma,
    @Key(value = "number of steps between applications; 0 never applies it", min = 0) int every,
    @Key("where to penalise the gradient: at real examples (R1), generated (R2), or interpolated")
        Place at)
    implements GradientPenalty {

  @Override
  public Ramp weight() {
    return gamma;
  }

  @Override
  public SDVariable penalty(SDVariable gradient) {
    return gradient.getSameDiff().math().square(gradient).sum(1).mean().mul(0.5);
  }
}
