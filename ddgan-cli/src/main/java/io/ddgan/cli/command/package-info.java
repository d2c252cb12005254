/** The commands, each in a class of its own, and their options. */
package io.ddgan.cli.command;
