package io.ddgan.train.optimiser;

import io.ddgan.api.Optimiser;
import io.ddgan.api.Ramp;
import io.ddgan.config.Key;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Stochastic gradient descent with momentum, as PyTorch defines it: {@code v = momentum * v + g},
 * {@code w = w - rate * v}; with Nesterov's variant {@code w = w - rate * (g + momentum * v)}
 * (Sutskever et al., 2013).
 *
 * @param momentum share of the velocity that is kept; 0 for none
 * @param nesterov whether the gradient counts once more
 */
public record Sgd(
    @Key(value = "share of the velocity that is kept, 0 for none", min = 0, max = 0.999999)
        Ramp momentum,
    @Key("whether the gradient counts once more") boolean nesterov)
    implements Optimiser {

  private static final String VELOCITY = "sgd-velocity";

  @Override
  public List<String> state() {
    return List.of(VELOCITY);
  }

  @Override
  public void update(Update update) {
    double kept = update.now(momentum);
    INDArray velocity = update.state(VELOCITY);
    velocity.muli(kept).addi(update.gradient());
    INDArray step =
        nesterov ? update.gradient().addi(velocity.mul(kept)) : update.gradient().assign(velocity);
    update.weights().subi(step.muli(update.rate()));
  }
}
