package io.ddgan.train.optimiser;

import io.ddgan.api.Optimiser;
import io.ddgan.api.Ramp;
import io.ddgan.config.Key;
import java.util.List;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, 2019, algorithm 2): all weights are
 * multiplied by {@code 1 - rate * decay} before each update of Adam.
 */
public record AdamW(
    @Key(value = "decay of the gradient's running mean", min = 0, max = 0.999999) Ramp beta1,
    @Key(value = "decay of the squared gradient's running mean", min = 0, max = 0.999999)
        Ramp beta2,
    @Key(value = "avoids division by zero", min = 1e-30, max = 1) double epsilon,
    @Key(value = "weight decay, as a multiple of the learning rate", min = 0) Ramp weightDecay)
    implements Optimiser {

  @Override
  public List<String> stateNames() {
    return adam().stateNames();
  }

  @Override
  public void update(Update update) {
    update.weights().muli(1 - update.learningRate() * update.value(weightDecay));
    adam().update(update);
  }

  private Adam adam() {
    return new Adam(beta1, beta2, epsilon);
  }
}
