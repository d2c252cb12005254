package io.ddgan.api;

import java.util.Optional;
import java.util.function.Function;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * One part of a training step: the loss of a network on a batch, and an update of that network.
 *
 * @param name its name, in kebab-case, unique in the objective; its random draws are named after it
 * @param trains name of the trained network
 * @param learningRate the network's learning rate; the configured one if empty
 * @param loss adds the loss to the batch's graph: a scalar, or {@code [N]}, whose mean is the loss
 */
public record Phase(
    String name,
    String trains,
    StepInterval interval,
    Optional<Ramp> learningRate,
    Function<Batch, SDVariable> loss) {

  /** A phase of every step, named after the network that it trains, at the configured rate. */
  public static Phase of(String trains, Function<Batch, SDVariable> loss) {
    return new Phase(trains, trains, StepInterval.ALWAYS, Optional.empty(), loss);
  }
}
