/**
 * Finds runs and summarises their state and size.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.runs;
