/**
 * The metrics: numbers that say how good generated examples are.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.eval.metrics;
