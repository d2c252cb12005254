package io.ddgan.api;

import org.nd4j.autodiff.samediff.SDVariable;

/** The network G(x_{t+1}, z, t) that models one large denoising step. */
public interface Generator {

  /** Length of the latent vector z of one example, at least 1. */
  int latentSize();

  /**
   * Adds the network to a graph.
   *
   * @param parameters creates the network's parameters and says what the examples' shape is
   * @param x the noisier example x_{t+1}, {@code [N, ...shape]}
   * @param t the cleaner time t of each example as a real number, {@code [N]}
   * @param z standard normal latent vectors, {@code [N, latentSize]}
   * @return the output of the network in the shape of x; a {@link ReverseStep} says what it means
   * @throws IllegalArgumentException if the network cannot work on examples of this shape
   */
  SDVariable forward(ParameterScope parameters, SDVariable x, SDVariable t, SDVariable z);
}
