/**
 * Computes metrics of runs and of existing examples.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.evaluation;
