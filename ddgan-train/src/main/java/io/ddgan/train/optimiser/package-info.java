/**
 * What turns gradients into weights: Adam, the decay of its rate and the running mean of weights.
 */
package io.ddgan.train.optimiser;
