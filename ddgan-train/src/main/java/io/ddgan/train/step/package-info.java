/** One training iteration: what is drawn for it, and the update of either network. */
package io.ddgan.train.step;
