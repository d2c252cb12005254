/**
 * What is shown on a terminal: progress, tables, quantities, errors.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.cli.terminal;
