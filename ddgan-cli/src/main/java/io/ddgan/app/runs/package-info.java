/**
 * The runs that are there: which is in which state, and what it takes on disk.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.runs;
