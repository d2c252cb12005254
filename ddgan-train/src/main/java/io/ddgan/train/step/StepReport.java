package io.ddgan.train.step;

import java.util.Optional;

/**
 * What was measured in a training iteration.
 *
 * @param step number of the step, counted from 0
 * @param discriminator its update, if there is a discriminator
 * @param generatorLoss loss of the generator
 * @param generatorGradientNorm Euclidean norm of the generator's gradient
 * @param generatorRate learning rate of the generator
 */
public record StepReport(
    long step,
    Optional<DiscriminatorReport> discriminator,
    double generatorLoss,
    double generatorGradientNorm,
    double generatorRate) {}
