package io.ddgan.api;

/**
 * The network G(x_{t+1}, z, t) that models one large denoising step (Xiao et al., 2022, section
 * 3.2). Its inputs are those that the objective gives it, see {@link Inputs}. The output has the
 * shape of x_{t+1}; a {@link Parameterization} says what it means.
 */
public interface Generator extends Network {

  /** Length of the latent vector z of one example, at least 1. */
  int latentSize();
}
