/**
 * What a training is going to take, foretold from a few of its steps.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.estimate;
