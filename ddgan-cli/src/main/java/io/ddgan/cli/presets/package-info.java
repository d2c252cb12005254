/** The experiments and sweeps that come with the framework. */
package io.ddgan.cli.presets;
