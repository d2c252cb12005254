/**
 * Measures the speed of training and sampling, with a breakdown.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.benchmark;
