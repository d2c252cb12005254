package io.ddgan.train.optimiser;

import io.ddgan.api.Optimiser;
import io.ddgan.api.Ramp;
import io.ddgan.config.Key;
import io.ddgan.engine.AdamStep;
import java.util.List;

/** Adam (Kingma and Ba, 2015, algorithm 1). */
public record Adam(
    @Key(value = "decay of the gradient's running mean", min = 0, max = 0.999999) Ramp beta1,
    @Key(value = "decay of the squared gradient's running mean", min = 0, max = 0.999999)
        Ramp beta2,
    @Key(value = "avoids division by zero", min = 1e-30, max = 1) double epsilon)
    implements Optimiser {

  private static final String MEAN = "adam-mean";
  private static final String SQUARE = "adam-square";

  @Override
  public List<String> stateNames() {
    return List.of(MEAN, SQUARE);
  }

  @Override
  public void update(Update update) {
    update
        .engine()
        .adam(
            new AdamStep(
                update.weights(),
                update.gradient(),
                update.state(MEAN),
                update.state(SQUARE),
                update.learningRate(),
                update.value(beta1),
                update.value(beta2),
                epsilon,
                update.previousUpdates()));
  }
}
