/**
 * Training with several processes that work through one batch together: the shards of a batch, the
 * sum of their gradients, and how processes find and talk to each other.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train.parallel;
