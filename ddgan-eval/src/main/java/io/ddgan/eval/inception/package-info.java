/**
 * The network that the Fréchet Inception Distance and the Inception Score are defined by.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.eval.inception;
