/**
 * Binds HOCON to immutable records, whose components are the keys.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.internal.config;
