package io.ddgan.api;

import org.nd4j.autodiff.samediff.SDVariable;

/** A network: a function of named inputs with parameters of its own. */
public interface Network {

  /**
   * Adds the network to a graph. It may be added several times, each time with other inputs and the
   * same parameters.
   *
   * @param parameters creates the network's parameters and says what the examples' shape is
   * @param inputs what the network is given
   * @return what the network makes of it; generators and discriminators say more
   * @throws RefusedException if the network cannot work on examples of this shape, or needs an
   *     input that it is not given; the message says what to do
   */
  SDVariable forward(ParameterScope parameters, Inputs inputs);

  /**
   * Refuses keys that would have no effect, such as a layer at a resolution that the network does
   * not have. It is asked before a new training begins; a network that is trained already works.
   *
   * @param shape shape of one example, as the network sees it
   * @throws RefusedException if there are some; the message names the key and says what to do
   */
  default void requireEffect(DataShape shape) {}
}
