package io.ddgan.losses;

import io.ddgan.api.SeparableLoss;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The least-squares loss (Mao et al., 2017) with the labels 0 and 1: D minimises (D(real) - 1)^2 /
 * 2 + D(fake)^2 / 2, G minimises (D(fake) - 1)^2 / 2.
 */
public record LeastSquaresLoss() implements SeparableLoss {

  @Override
  public SDVariable discriminatorOnReal(SDVariable logits) {
    return halfSquare(logits.sub(1));
  }

  @Override
  public SDVariable discriminatorOnFake(SDVariable logits) {
    return halfSquare(logits);
  }

  private static SDVariable halfSquare(SDVariable x) {
    return x.getSameDiff().math().square(x).mul(0.5);
  }
}
