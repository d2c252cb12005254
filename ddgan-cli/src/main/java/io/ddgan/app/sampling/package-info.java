/**
 * Loaded models, and the output of samples.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.sampling;
