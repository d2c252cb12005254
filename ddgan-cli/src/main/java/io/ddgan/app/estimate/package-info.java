/**
 * Estimates the cost of a training from a few of its steps.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.estimate;
