/**
 * The runs that are there: what is in which state, what they take on disk, and what can go.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.runs;
