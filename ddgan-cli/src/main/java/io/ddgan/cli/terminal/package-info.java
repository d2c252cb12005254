/**
 * Terminal output: progress and errors.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.cli.terminal;
