/**
 * The commands, each in a class of its own. Options that several share are in {@link
 * io.ddgan.cli.options}.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.cli.command;
