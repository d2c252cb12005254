package org.example.ddgan;

import io.ddgan.api.Optimiser;
import io.ddgan.api.Ramp;
import io.ddgan.config.Key;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Lion (Chen et al., 2023, arXiv 2302.06675, algorithm 2): every update has the size of the learning
 * rate and the sign of a mixture of gradient and momentum. Typical learning rates are three to ten
 * times smaller than Adam's, and weight decays correspondingly larger.
 *
 * @param beta1 share of the momentum in the mixture
 * @param beta2 decay of the momentum
 * @param weightDecay decoupled weight decay
 */
public record Lion(
    @Key(value = "share of the momentum in the update direction", min = 0, max = 0.999999) Ramp beta1,
    @Key(value = "decay of the momentum", min = 0, max = 0.999999) Ramp beta2,
    @Key(value = "decoupled weight decay, multiplied by the learning rate", min = 0) Ramp weightDecay)
    implements Optimiser {

  private static final String MOMENTUM = "lion-momentum";

  @Override
  public List<String> stateNames() {
    return List.of(MOMENTUM);
  }

  @Override
  public void update(Update update) {
    double share = update.value(beta1);
    double kept = update.value(beta2);
    INDArray gradient = update.gradient();
    INDArray momentum = update.state(MOMENTUM);
    update.weights().muli(1 - update.learningRate() * update.value(weightDecay));
    // The sign does not depend on the scale of the mixture.
    try (INDArray direction = momentum.mul(share / (1 - share)).addi(gradient)) {
      Transforms.sign(direction, false);
      update.weights().subi(direction.muli(update.learningRate()));
    }
    momentum.muli(kept).addi(gradient.muli(1 - kept));
  }
}
