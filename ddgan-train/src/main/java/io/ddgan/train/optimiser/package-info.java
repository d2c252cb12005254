/** What turns gradients into weights: the optimisers, and the running mean of weights. */
package io.ddgan.train.optimiser;
