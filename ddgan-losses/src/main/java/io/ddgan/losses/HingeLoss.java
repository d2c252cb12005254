package io.ddgan.losses;

import io.ddgan.api.SeparableLoss;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The hinge loss (Lim and Ye, 2017): D minimises max(0, 1 - D(real)) + max(0, 1 + D(fake)), G
 * minimises -D(fake).
 */
public record HingeLoss() implements SeparableLoss {

  @Override
  public SDVariable discriminatorOnReal(SDVariable logits) {
    return hinge(logits.rsub(1));
  }

  @Override
  public SDVariable discriminatorOnFake(SDVariable logits) {
    return hinge(logits.add(1));
  }

  @Override
  public SDVariable generatorLoss(SDVariable logits) {
    return logits.neg();
  }

  private static SDVariable hinge(SDVariable x) {
    return x.getSameDiff().nn().relu(x, 0);
  }
}
