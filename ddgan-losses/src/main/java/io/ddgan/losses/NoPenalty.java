package io.ddgan.losses;

import io.ddgan.api.GradientPenalty;
import org.nd4j.autodiff.samediff.SDVariable;

/** No penalty. */
public record NoPenalty() implements GradientPenalty {

  @Override
  public int every() {
    return 0;
  }

  @Override
  public SDVariable penalty(SDVariable gradient) {
    throw new UnsupportedOperationException("every() is 0, so this penalty is never applied");
  }
}
