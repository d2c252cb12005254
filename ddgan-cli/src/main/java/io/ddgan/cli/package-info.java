/** The {@code ddgan} command: one class a subcommand, errors as sentences, presets. */
package io.ddgan.cli;
