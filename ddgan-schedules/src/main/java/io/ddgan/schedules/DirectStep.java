package io.ddgan.schedules;

import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.Parameterization;

/** The generator gives x_t itself. */
public record DirectStep() implements Parameterization {

  @Override
  public Coefficients at(DiffusionProcess process, int t) {
    return new Coefficients(1, 0, 0);
  }
}
