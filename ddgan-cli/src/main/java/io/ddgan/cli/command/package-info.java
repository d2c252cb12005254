/**
 * The commands, each in a class of its own, and the options that several share.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.cli.command;
