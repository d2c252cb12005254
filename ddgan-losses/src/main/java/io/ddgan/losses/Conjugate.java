package io.ddgan.losses;

import io.ddgan.layers.Softplus;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The convex conjugate Phi* of an entropy function Phi, which penalises deviations of a marginal of
 * an unbalanced transport (Choi et al., 2023, arXiv 2305.14777, section 2). All are non-decreasing,
 * with slope 1 at 0, except {@link #SOFTPLUS} with slope 1/2.
 */
public enum Conjugate {
  /**
   * {@code log(1 + exp(x))}: its slope is below 1, which limits the influence of single examples.
   */
  SOFTPLUS {
    @Override
    SDVariable of(SDVariable x) {
      return Softplus.of(x);
    }
  },
  /** {@code exp(x) - 1}, of the Kullback-Leibler divergence; linear above x = 20. */
  KL {
    @Override
    SDVariable of(SDVariable x) {
      SDVariable above = x.getSameDiff().nn().relu(x.sub(STRAIGHT), 0);
      // ND4J's own expm1 computes in single precision, whatever the type.
      SDVariable bent = x.getSameDiff().math().exp(x.sub(above)).sub(1);
      return bent.add(above.mul(Math.exp(STRAIGHT)));
    }
  },
  /** {@code x + x^2 / 4} from x = -2 on, and -1 below: of the chi-squared divergence. */
  CHI_SQUARED {
    @Override
    SDVariable of(SDVariable x) {
      SDVariable y = x.getSameDiff().nn().relu(x.add(2), 0).sub(2);
      return y.add(y.mul(y).mul(0.25));
    }
  },
  /** {@code x}: the marginal is kept, as in a balanced transport. */
  LINEAR {
    @Override
    SDVariable of(SDVariable x) {
      return x;
    }
  };

  /** Start of the linear continuation of the exponential function, which avoids overflow. */
  private static final double STRAIGHT = 20;

  /** Applies Phi* to each number. */
  abstract SDVariable of(SDVariable x);
}
