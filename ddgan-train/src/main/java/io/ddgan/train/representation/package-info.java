/**
 * Representations of the data for the networks.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train.representation;
