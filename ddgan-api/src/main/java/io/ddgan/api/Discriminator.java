package io.ddgan.api;

import java.util.Optional;

/**
 * The network D(x_t, x_{t+1}, t) that tells real denoising steps from generated ones (Xiao et al.,
 * 2022, section 3.2). Its inputs are those that the objective gives it, see {@link Inputs}. The
 * output is one logit an example, {@code [N]}; larger means more likely to be real.
 */
public interface Discriminator extends Network {

  /**
   * This network with a second head, which estimates x_0 of the cleaner example, for objectives
   * that have the discriminator denoise too. Its output is one row an example, {@code [N, 1 +
   * size]}: the logit, then the estimate in the order of {@code shape}. The layers that both heads
   * share have the same parameters as this network. Empty if there is none.
   */
  default Optional<Network> withDenoisingHead() {
    return Optional.empty();
  }
}
