package io.ddgan.schedules;

import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.DiffusionProcess.Scales;
import io.ddgan.api.ReverseStep;

/**
 * The generator gives the data x_0 from pure noise at once. In training, x_0 is diffused to x_t,
 * which augments the discriminator's examples (Xiao et al., 2022, section 5.2). With a single step
 * nothing is diffused: a plain GAN.
 */
public record OneShotStep() implements ReverseStep {

  @Override
  public Coefficients at(DiffusionProcess process, int t) {
    Scales scales = process.fromData(t);
    return new Coefficients(scales.signal(), 0, scales.noise());
  }

  @Override
  public boolean isOneShot() {
    return true;
  }
}
