/**
 * Trained generators as files that other programs sample from.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train.export;
