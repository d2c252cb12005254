package io.ddgan.train.optimiser;

import io.ddgan.api.Optimiser;
import io.ddgan.api.Ramp;
import io.ddgan.config.Key;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Stochastic gradient descent with momentum, as PyTorch defines it: {@code v = momentum * v + g},
 * {@code w = w - rate * v}; with Nesterov's variant {@code w = w - rate * (g + momentum * v)}
 * (Sutskever et al., 2013).
 */
public record Sgd(
    @Key(value = "momentum; 0 for none", min = 0, max = 0.999999) Ramp momentum,
    @Key("whether to use Nesterov momentum") boolean nesterov)
    implements Optimiser {

  private static final String VELOCITY = "sgd-velocity";

  @Override
  public List<String> stateNames() {
    return List.of(VELOCITY);
  }

  @Override
  public void update(Update update) {
    double kept = update.value(momentum);
    INDArray velocity = update.state(VELOCITY);
    velocity.muli(kept).addi(update.gradient());
    if (nesterov) {
      add(kept, velocity, update.gradient());
      add(-update.learningRate(), update.gradient(), update.weights());
    } else {
      add(-update.learningRate(), velocity, update.weights());
    }
  }

  /** Adds a multiple of one vector to another in place, without temporary memory. */
  private static void add(double factor, INDArray vector, INDArray to) {
    Nd4j.getBlasWrapper().level1().axpy(to.length(), factor, vector, to);
  }
}
