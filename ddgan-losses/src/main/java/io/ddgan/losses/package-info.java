/** Objectives, adversarial losses and gradient penalties. Internal: may change. */
package io.ddgan.losses;
