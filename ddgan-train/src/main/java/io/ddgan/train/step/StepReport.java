package io.ddgan.train.step;

/**
 * What was measured in a training iteration.
 *
 * @param step number of the step, counted from 0
 * @param discriminator losses and logits of the discriminator
 * @param generatorLoss loss of the generator
 * @param discriminatorGradientNorm Euclidean norm of the discriminator's gradient
 * @param generatorGradientNorm Euclidean norm of the generator's gradient
 * @param discriminatorRate learning rate of the discriminator
 * @param generatorRate learning rate of the generator
 */
public record StepReport(
    long step,
    DiscriminatorLosses discriminator,
    double generatorLoss,
    double discriminatorGradientNorm,
    double generatorGradientNorm,
    double discriminatorRate,
    double generatorRate) {}
