package io.ddgan.api;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A penalty on the discriminator's gradient with respect to x_t, added to its loss. It is written
 * as an ordinary function of that gradient; the runtime differentiates it again with respect to the
 * parameters. The paper has R_1 at real examples, gamma / 2 E ||grad D||^2 (Mescheder et al.,
 * 2018).
 */
public interface GradientPenalty {

  /** The penalty applies to every {@code every()}-th step, from step 0 on; 0 means never. */
  int every();

  /** The steps that it applies to. */
  default StepInterval interval() {
    return new StepInterval(every());
  }

  /** Weight of the penalty. */
  default Ramp weight() {
    return Ramp.constant(1);
  }

  /** The x_t at which the gradient is taken. */
  default Place at() {
    return Place.REAL;
  }

  /**
   * The unweighted penalty on a gradient, a scalar.
   *
   * @param gradient d sum(D(x_t, t, x_{t+1})) / d x_t, {@code [N, size]}
   */
  SDVariable penalty(SDVariable gradient);

  /** The x_t at which a penalty applies. */
  enum Place {
    /** At the real examples. */
    REAL,
    /** At the generated examples. */
    GENERATED,
    /** Uniformly between a real and a generated example. */
    INTERPOLATED
  }
}
