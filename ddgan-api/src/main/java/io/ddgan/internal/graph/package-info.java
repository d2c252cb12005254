/**
 * The graph runtime: networks are written in plain SameDiff, differentiated in reverse and in
 * forward mode within one graph, and compiled into a plan that replays native calls. Nothing
 * outside this package touches SameDiff's internals.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.internal.graph;
