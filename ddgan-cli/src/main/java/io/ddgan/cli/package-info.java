/**
 * The {@code ddgan} command: one class a subcommand, errors as sentences, presets.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.cli;
