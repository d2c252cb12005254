/**
 * Generators, discriminators and the layers that they are made of. Parameter names and orders are
 * those of the reference implementation, so that its checkpoints fit.
 */
package io.ddgan.networks;
