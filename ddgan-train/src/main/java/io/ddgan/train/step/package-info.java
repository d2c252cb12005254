/**
 * One step of training, and everything that it changes.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train.step;
