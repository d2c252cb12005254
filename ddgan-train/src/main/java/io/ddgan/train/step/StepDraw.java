package io.ddgan.train.step;

/** What one training iteration is given: a draw for each network. */
public record StepDraw(UpdateDraw discriminator, UpdateDraw generator) {}
