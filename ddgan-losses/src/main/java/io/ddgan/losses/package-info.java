/** Adversarial losses and gradient penalties. */
package io.ddgan.losses;
