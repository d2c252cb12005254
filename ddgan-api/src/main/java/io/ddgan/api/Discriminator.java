package io.ddgan.api;

import java.util.Optional;

/**
 * The network D(x_t, x_{t+1}, t) that separates real from generated denoising steps (Xiao et al.,
 * 2022, section 3.2). The objective chooses its {@link Inputs}. The output is one logit per
 * example, {@code [N]}; larger means more likely real.
 */
public interface Discriminator extends Network {

  /**
   * Returns this network with a second head that estimates x_0, for objectives that also train the
   * discriminator as a denoiser. The output has one row per example, {@code [N, 1 + size]}: the
   * logit, then the estimate in the order of {@code shape}. Layers shared by both heads have the
   * same parameters as this network. Empty if not supported.
   */
  default Optional<Network> withDenoisingHead() {
    return Optional.empty();
  }
}
