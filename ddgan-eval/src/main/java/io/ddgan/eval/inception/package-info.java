/** The network that the Fréchet Inception Distance and the Inception Score are defined by. */
package io.ddgan.eval.inception;
