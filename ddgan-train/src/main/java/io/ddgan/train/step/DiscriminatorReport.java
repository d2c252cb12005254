package io.ddgan.train.step;

/**
 * What was measured in an update of the discriminator.
 *
 * @param losses its losses and logits, before the update
 * @param gradientNorm Euclidean norm of its gradient
 * @param rate its learning rate
 */
public record DiscriminatorReport(DiscriminatorLosses losses, double gradientNorm, double rate) {}
