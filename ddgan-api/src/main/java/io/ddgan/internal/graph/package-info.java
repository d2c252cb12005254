/**
 * The graph runtime. Networks are written in plain SameDiff, differentiated in reverse and forward
 * mode within one graph, and compiled into a plan of native calls. Only this package accesses
 * SameDiff's internals.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.internal.graph;
