/**
 * Layers of the framework's networks, also for networks of plug-ins. A layer with settings is an
 * immutable object, whose {@code apply} adds it to the graph of a scope with that scope's
 * parameters. Applied twice in one scope, it has the same parameters both times. All support
 * gradient penalties.
 *
 * <p>Shapes follow PyTorch: vectors {@code [N, size]}, images {@code [N, channels, height, width]},
 * where N is the batch.
 */
package io.ddgan.layers;
