/**
 * Options that several commands share.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.cli.options;
