/**
 * Configuration: HOCON is read into immutable records, whose components are the keys. Every problem
 * of a configuration is reported at once, each with the place where it was written.
 *
 * <p>Promised are {@link io.ddgan.config.Key}, and {@link io.ddgan.config.ConfigurationException}
 * with its {@link io.ddgan.config.Problem}s. The rest is internal and may change in any version.
 */
package io.ddgan.config;
