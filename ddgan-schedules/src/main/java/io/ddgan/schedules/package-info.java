/**
 * Noise schedules, the forward process q with its posterior, parameterizations and samplers.
 * Notation: x_0 is the data, beta_t the variance of the noise of step t, alpha_t = 1 - beta_t, and
 * alpha_bar_t the product of alpha_1 to alpha_t.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.schedules;
