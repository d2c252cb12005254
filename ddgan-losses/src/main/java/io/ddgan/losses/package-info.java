/**
 * Objectives, adversarial losses and gradient penalties.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.losses;
