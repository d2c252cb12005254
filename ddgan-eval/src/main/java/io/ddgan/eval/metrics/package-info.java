/** The metrics: numbers that say how good generated examples are. */
package io.ddgan.eval.metrics;
