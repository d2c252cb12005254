package io.ddgan.train.optimiser;

import io.ddgan.api.Optimiser;
import io.ddgan.api.Ramp;
import io.ddgan.config.Key;
import java.util.List;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Adam (Kingma and Ba, 2015, algorithm 1).
 *
 * @param beta1 decay of the running mean of the gradient
 * @param beta2 decay of the running mean of its square
 * @param epsilon added to the root of the corrected mean square
 */
public record Adam(
    @Key(value = "decay of the gradient's running mean", min = 0, max = 0.999999) Ramp beta1,
    @Key(value = "decay of the squared gradient's running mean", min = 0, max = 0.999999)
        Ramp beta2,
    @Key(value = "guard against division by zero", min = 1e-30, max = 1) double epsilon)
    implements Optimiser {

  private static final String MEAN = "adam-mean";
  private static final String SQUARE = "adam-square";

  @Override
  public List<String> state() {
    return List.of(MEAN, SQUARE);
  }

  @Override
  public void update(Update update) {
    double square = update.now(beta2);
    // The native operation adds its epsilon to the root of the uncorrected mean square.
    double corrected = epsilon * Math.sqrt(1 - Math.pow(square, update.updates() + 1.0));
    Nd4j.exec(
        new AdamUpdater(
            update.gradient(),
            update.state(SQUARE),
            update.state(MEAN),
            update.rate(),
            update.now(beta1),
            square,
            corrected,
            Math.toIntExact(update.updates())));
    if (update.rate() > 0) { // the native operation takes its epsilon for a rate of 0
      update.weights().subi(update.gradient());
    }
  }
}
