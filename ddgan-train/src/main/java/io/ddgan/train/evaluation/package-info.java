/**
 * Measuring generated examples with metrics, in any number and in little memory.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train.evaluation;
