package io.ddgan.losses;

import io.ddgan.api.ConditioningInputs;
import io.ddgan.api.Inputs;

/** The distribution of the generator's latent vectors. */
public enum Latent {
  /** Standard normal. */
  NORMAL,
  /** Zeros: a step is then a single Gaussian, a function of x_{t+1} and t. */
  NONE;

  /** Returns the generator's inputs with these latent vectors. */
  Inputs of(ConditioningInputs given, Inputs inputs) {
    return this == NORMAL ? inputs : inputs.with(Inputs.LATENT, given.zeros(Inputs.LATENT));
  }
}
