/**
 * The network of the Fréchet Inception Distance and the Inception Score.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.eval.inception;
