/**
 * The commands, each in a class of its own, and their options.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.cli.command;
