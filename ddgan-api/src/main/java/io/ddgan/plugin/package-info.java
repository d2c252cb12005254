/**
 * The plug-in interface: a {@link io.ddgan.plugin.DdganPlugin} adds components by name and kind to
 * {@link io.ddgan.plugin.Contributions}.
 */
package io.ddgan.plugin;
