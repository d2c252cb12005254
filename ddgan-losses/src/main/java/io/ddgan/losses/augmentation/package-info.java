/**
 * Augmentations of real and generated examples for the discriminator.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.losses.augmentation;
