/** One step of training: what is drawn for it, and the phases that an objective describes. */
package io.ddgan.train.step;
