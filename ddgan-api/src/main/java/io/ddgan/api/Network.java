package io.ddgan.api;

import org.nd4j.autodiff.samediff.SDVariable;

/** A network: a function of named inputs with parameters of its own. */
public interface Network {

  /**
   * Adds the network to a graph. It may be added several times, with other inputs and the same
   * parameters.
   *
   * @throws RefusedException if the network cannot work on examples of this shape, or needs an
   *     input that it is not given
   */
  SDVariable forward(ParameterScope parameters, Inputs inputs);

  /**
   * Refuses keys that would have no effect, such as a layer at a resolution that the network does
   * not have. It is asked before a new training begins, of the shape that the network sees.
   */
  default void requireEffect(DataShape shape) {}
}
