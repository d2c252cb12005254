/** Objectives, adversarial losses and gradient penalties. */
package io.ddgan.losses;
