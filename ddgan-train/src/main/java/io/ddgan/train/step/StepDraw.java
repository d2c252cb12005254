package io.ddgan.train.step;

import java.util.Optional;

/** What one training iteration is given: a draw for each network. */
public record StepDraw(Optional<UpdateDraw> discriminator, UpdateDraw generator) {}
