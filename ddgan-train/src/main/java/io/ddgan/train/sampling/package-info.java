/**
 * Examples along a sampler's path, of a model in training or out of a checkpoint.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train.sampling;
