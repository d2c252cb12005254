package io.ddgan.api;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A penalty on the discriminator's gradient with respect to x_t, added to its loss. The penalty is
 * written as an ordinary function of that gradient; its own gradient with respect to the
 * discriminator's parameters, a second derivative, is the runtime's business. The paper has R_1 at
 * real examples, gamma / 2 E ||grad D||^2 (Mescheder et al., 2018).
 */
public interface GradientPenalty {

  /** The penalty applies to every {@code every()}-th step, from step 0 on; 0 means never. */
  int every();

  /** The steps that it applies to. */
  default Interval interval() {
    return new Interval(every());
  }

  /** What the penalty is multiplied by. */
  default Ramp weight() {
    return Ramp.constant(1);
  }

  /** Which x_t the gradient is taken at. */
  default Place at() {
    return Place.REAL;
  }

  /**
   * The penalty on a gradient, a scalar, without its weight.
   *
   * @param gradient d sum(D(x_t, t, x_{t+1})) / d x_t, {@code [N, size]}
   */
  SDVariable of(SDVariable gradient);

  /** Where in the space of x_t a penalty applies. */
  enum Place {
    /** At the real examples. */
    REAL,
    /** At the generated examples. */
    GENERATED,
    /** Somewhere on the line from a real example to a generated one, uniformly. */
    INTERPOLATED
  }
}
