/**
 * Training steps, and the state that they change.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train.step;
