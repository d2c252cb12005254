/**
 * Runs commands in other processes, on this machine or elsewhere, and follows them.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.process;
