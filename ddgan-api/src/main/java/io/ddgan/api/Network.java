package io.ddgan.api;

import org.nd4j.autodiff.samediff.SDVariable;

/** A network: a function of named inputs with trainable parameters. */
public interface Network {

  /**
   * Adds the network to a graph. It may be added several times, with other inputs and the same
   * parameters.
   *
   * @throws RefusedException if the network does not support examples of this shape, or an input is
   *     missing
   */
  SDVariable forward(ParameterScope parameters, Inputs inputs);

  /**
   * Refuses keys that would have no effect, such as a layer at a resolution that the network does
   * not have. Called before a new training, with the shape of the network's examples.
   */
  default void requireEffect(DataShape shape) {}
}
