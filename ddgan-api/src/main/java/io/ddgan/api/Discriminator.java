package io.ddgan.api;

import org.nd4j.autodiff.samediff.SDVariable;

/** The network D(x_t, t, x_{t+1}) that tells real denoising steps from generated ones. */
public interface Discriminator {

  /**
   * Adds the network to a graph.
   *
   * @param parameters creates the network's parameters and says what the examples' shape is
   * @param x the cleaner example x_t, real or generated, {@code [N, ...shape]}
   * @param t the cleaner time t of each example as a real number, {@code [N]}
   * @param noisy the noisier example x_{t+1}, {@code [N, ...shape]}
   * @return one logit an example, {@code [N]}; larger means more likely to be real
   * @throws IllegalArgumentException if the network cannot work on examples of this shape
   */
  SDVariable forward(ParameterScope parameters, SDVariable x, SDVariable t, SDVariable noisy);
}
