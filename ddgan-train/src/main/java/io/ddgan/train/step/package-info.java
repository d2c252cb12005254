/** One step of training, and everything that it changes. */
package io.ddgan.train.step;
