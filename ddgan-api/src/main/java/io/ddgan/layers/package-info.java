/**
 * The layers that the framework's own networks are made of, for networks of plug-ins too. A layer
 * with settings is an immutable object, whose {@code apply} adds it to the graph of a scope and
 * takes its parameters from there; applied twice in one scope, it has the same parameters both
 * times. A penalty on the gradients of a discriminator sees through all of them.
 *
 * <p>Shapes are those of PyTorch: vectors {@code [N, size]}, images {@code [N, channels, height,
 * width]}, where N is the batch.
 */
package io.ddgan.layers;
