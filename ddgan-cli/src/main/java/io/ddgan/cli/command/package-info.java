/**
 * The commands, one class each, and the options they share.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.cli.command;
