/**
 * Examples of a checkpoint that are made in parts, each by a command that a launcher starts,
 * perhaps on another machine, and that are put together in their order.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.parts;
