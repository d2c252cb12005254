/**
 * Training: data sets, the loop, checkpoints, sampling and run folders.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train;
