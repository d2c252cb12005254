/**
 * Sampling, with a model in training or from a checkpoint.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train.sampling;
