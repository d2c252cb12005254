/**
 * Configuration: HOCON is read into immutable records, whose components are the keys. Every problem
 * of a configuration is reported at once, each with the place where it was written.
 *
 * <p>Internal, but for {@link io.ddgan.config.Key}: the rest may change in any version.
 */
package io.ddgan.config;
