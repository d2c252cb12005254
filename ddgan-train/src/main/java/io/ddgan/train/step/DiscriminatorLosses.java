package io.ddgan.train.step;

/**
 * What the discriminator's update has measured, all before the update.
 *
 * @param real loss on real examples
 * @param fake loss on generated examples
 * @param penalty gradient penalty; 0 in steps without one
 * @param realLogit mean logit of real examples
 * @param fakeLogit mean logit of generated examples
 */
public record DiscriminatorLosses(
    double real, double fake, double penalty, double realLogit, double fakeLogit) {}
