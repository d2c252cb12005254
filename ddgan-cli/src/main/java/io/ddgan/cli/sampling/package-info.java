/**
 * Where generated examples go.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.cli.sampling;
