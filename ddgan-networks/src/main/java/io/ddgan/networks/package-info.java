/**
 * Generators and discriminators, made of {@link io.ddgan.layers}. Parameter names and orders are
 * those of the reference implementation, so that its checkpoints fit.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.networks;
