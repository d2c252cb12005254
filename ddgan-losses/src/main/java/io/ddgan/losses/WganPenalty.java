package io.ddgan.losses;

import io.ddgan.api.GradientPenalty;
import io.ddgan.api.Ramp;
import io.ddgan.config.Key;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The penalty of WGAN-GP (Gulrajani et al., 2017): {@code weight * mean (||grad_x D(x)|| - 1)^2} at
 * random points between real and generated examples.
 */
public record WganPenalty(
    @Key(value = "weight of the penalty", min = 0) Ramp weight,
    @Key(value = "number of steps between applications; 0 never applies it", min = 0) int every)
    implements GradientPenalty {

  /** Keeps the norm's derivative finite where the gradient vanishes. */
  private static final double SMALLEST_SQUARE = 1e-12;

  @Override
  public Place at() {
    return Place.INTERPOLATED;
  }

  @Override
  public SDVariable penalty(SDVariable gradient) {
    var math = gradient.getSameDiff().math();
    SDVariable norm = math.sqrt(math.square(gradient).sum(1).add(SMALLEST_SQUARE));
    return math.square(norm.sub(1)).mean();
  }
}
