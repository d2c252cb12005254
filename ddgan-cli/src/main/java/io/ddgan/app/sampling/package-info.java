/**
 * Models that are loaded, and where the examples go that they make.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.sampling;
