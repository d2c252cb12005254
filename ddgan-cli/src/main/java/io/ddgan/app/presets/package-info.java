/**
 * The experiments and sweeps that come with ddgan.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.presets;
