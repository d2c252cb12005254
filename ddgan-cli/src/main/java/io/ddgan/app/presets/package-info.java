/**
 * The experiments and sweeps that come with the framework.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.presets;
