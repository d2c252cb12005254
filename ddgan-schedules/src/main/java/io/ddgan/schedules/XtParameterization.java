package io.ddgan.schedules;

import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.Parameterization;

/** The generator predicts x_t directly. */
public record XtParameterization() implements Parameterization {

  @Override
  public Coefficients reverseStep(DiffusionProcess process, int t) {
    return new Coefficients(1, 0, 0);
  }
}
