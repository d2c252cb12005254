/**
 * The compiled phases of an objective, with the draws of each step.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train.phase;
