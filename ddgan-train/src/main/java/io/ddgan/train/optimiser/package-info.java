/**
 * What turns gradients into weights: the optimisers, and the running mean of weights.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train.optimiser;
