package io.ddgan.api;

/**
 * The network G(x_{t+1}, z, t) that models one large denoising step (Xiao et al., 2022, section
 * 3.2). The objective chooses its {@link Inputs}. The output has the shape of x_{t+1}; the {@link
 * Parameterization} defines its meaning.
 */
public interface Generator extends Network {

  /** Length of the latent vector z of one example, at least 1. */
  int latentSize();
}
