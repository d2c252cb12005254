/**
 * The runs that are there: what is in which state, and what they take on disk.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.runs;
