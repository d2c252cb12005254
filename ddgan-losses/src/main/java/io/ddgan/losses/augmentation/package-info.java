/**
 * What is done to real and generated examples before the discriminator sees them.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.losses.augmentation;
