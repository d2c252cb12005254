/**
 * The {@code ddgan} command: its entry point and its injector.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.cli;
