/** One step of training, and everything that it changes. Internal: may change. */
package io.ddgan.train.step;
